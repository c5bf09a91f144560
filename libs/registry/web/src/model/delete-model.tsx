"use client";

import type { RegisteredModel } from "@runweir/registry-trpc";
import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState, Field, Input } from "@runweir/web-ui";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useRefreshRegistry } from "../edit/use-refresh-registry.ts";
import { useRegistryClient } from "../registry-api.ts";

/** It cannot be undone, so the name is asked for. */
export function DeleteModel({
  model,
  onOpenChange,
}: {
  readonly model: RegisteredModel;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const { busy, problem, attempt } = useAttempt();
  const { name, aliases } = model;
  const remove = async () => {
    await attempt(async () => {
      await client.models.delete.mutate({ name });
      router.push("/models");
      await refresh();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Delete ${name}?`}
      description="All its versions, aliases, tags and its card are forgotten. This cannot be undone."
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="dangerPrimary" busy={busy} disabled={typed !== name} onClick={() => void remove()}>
            Delete the model
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        {aliases.length > 0 && (
          <p className="rounded-md bg-bad-soft p-2.5">
            Clients that load it as {aliases.map(({ alias }) => `@${alias}`).join(", ")} fail from then on.
          </p>
        )}
        <p className="text-ink-2">The runs it was made of keep their files.</p>
        <Field label={`Type ${name} to confirm`}>
          {(ids) => <Input {...ids} value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        {problem && <ErrorState compact problem={problem} />}
      </div>
    </Dialog>
  );
}
