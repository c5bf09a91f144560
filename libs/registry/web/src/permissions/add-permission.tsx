"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Card, CardHeader, ErrorState, Field, Input, Select } from "@runweir/web-ui";
import { type FormEvent, useState } from "react";
import { useIdentityClient } from "../identity-api.ts";

const levels = [
  { value: "read", label: "read: see it, and talk about requests" },
  { value: "edit", label: "edit: versions, aliases, words" },
  { value: "staging", label: "staging: move versions into Staging" },
  { value: "production", label: "production: and into Production" },
  { value: "manage", label: "manage: everything" },
] as const;
const kinds = ["user", "group", "service-account"] as const;

/** Gives somebody a level on exactly this model. */
export function AddPermission({
  name,
  onAdded,
}: {
  readonly name: string;
  readonly onAdded: () => Promise<unknown>;
}) {
  const client = useIdentityClient();
  const [to, setTo] = useState("");
  const [level, setLevel] = useState<(typeof levels)[number]["value"]>("read");
  const { busy, problem, attempt } = useAttempt();
  const give = async (event: FormEvent) => {
    event.preventDefault();
    const isGiven = await attempt(async () => {
      const wanted = to.trim();
      const { items } = await client.directory.members.holders.query({
        name: wanted,
        kinds: [...kinds],
        limit: 10,
      });
      // A user goes before a group of the same name.
      const holder = kinds.flatMap((kind) => items.filter((item) => item.kind === kind))[0];
      if (!holder) throw new Error(`There is no user, group or service account '${wanted}'.`);
      await client.directory.grants.create.mutate({
        effect: "allow",
        level,
        target: { on: "model", pattern: name },
        holder: { kind: holder.kind, id: holder.id },
      });
      await onAdded();
    });
    if (isGiven) setTo("");
  };
  return (
    <Card aria-label="Give a permission">
      <CardHeader title="Give a permission" />
      <form onSubmit={(event) => void give(event)} className="flex flex-col gap-3 px-3 pb-3">
        <Field label="To" hint="A user, group or service account.">
          {(ids) => <Input {...ids} value={to} required onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <Field label="May">
          {({ id }) => (
            <Select id={id} label="Level" value={level} onValueChange={setLevel} options={levels} />
          )}
        </Field>
        {problem && <ErrorState compact problem={problem} />}
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={to.trim() === ""}
          className="self-start"
        >
          Give
        </Button>
      </form>
    </Card>
  );
}
