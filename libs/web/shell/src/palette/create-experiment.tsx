"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, Field, Input } from "@runweir/web-ui";
import { type FormEvent, useId, useState } from "react";
import { useTrackingClient } from "../tracking-api.ts";

/** Makes an experiment from wherever one is; `onCreated` gets its page. Closed, it forgets what was typed. */
export function CreateExperiment({
  open,
  onOpenChange,
  onCreated,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated: (href: string) => void;
}) {
  if (!open) return null;
  return <CreateDialog onClose={() => onOpenChange(false)} onCreated={onCreated} />;
}

function CreateDialog({
  onClose,
  onCreated,
}: {
  readonly onClose: () => void;
  readonly onCreated: (href: string) => void;
}) {
  const client = useTrackingClient();
  const form = useId();
  const [name, setName] = useState("");
  const { busy, problem, attempt } = useAttempt();
  const create = async (event: FormEvent) => {
    event.preventDefault();
    await attempt(async () => {
      const { experimentId } = await client.experiments.create.mutate({ name: name.trim() });
      onClose();
      onCreated(`/experiments/${experimentId}`);
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New experiment"
      description="A place for runs that belong together."
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy} disabled={name.trim() === ""}>
            Create
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void create(event)}>
        <Field label="Name" error={problem?.message}>
          {(ids) => <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
