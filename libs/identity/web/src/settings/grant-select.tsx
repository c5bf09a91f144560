"use client";

import type { Grant, Level } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import { Select, useToast } from "@runweir/web-ui";
import { useState } from "react";
import { useIdentityClient } from "../identity-api.ts";
import { GrantBadge } from "./grant-badge.tsx";

export const levels = ["read", "edit", "staging", "production", "manage"] as const satisfies readonly Level[];

type Choice = `${Grant["effect"]} ${Level}`;

const options = (["allow", "deny"] as const).flatMap((effect) =>
  levels.map((level) => ({
    value: `${effect} ${level}` as const,
    label: <GrantBadge grant={{ effect, level }} />,
  })),
);

/** What a grant says, changed where it stands. */
export function GrantSelect({
  grant: { grantId, effect, level },
  about,
  onChanged,
}: {
  readonly grant: Pick<Grant, "grantId" | "effect" | "level">;
  /** Whom it is given to and on what, for screen readers. */
  readonly about: string;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useIdentityClient();
  const toast = useToast();
  const [chosen, setChosen] = useState<Choice>();
  const change = async (next: Choice) => {
    const [given, upTo] = next.split(" ") as [Grant["effect"], Level];
    setChosen(next);
    try {
      await client.directory.grants.update.mutate({ grantId, effect: given, level: upTo });
    } catch (error) {
      toast({ title: "The grant is as it was", description: describeError(error).message, tone: "bad" });
    }
    await onChanged();
    setChosen(undefined);
  };
  return (
    <Select
      label={`Grant to ${about}`}
      value={chosen ?? `${effect} ${level}`}
      onValueChange={(next) => void change(next)}
      options={options}
      className="-ml-2.5 w-37 border-transparent bg-transparent group-hover/row:border-line"
    />
  );
}
