"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, Field, Input } from "@runweir/web-ui";
import { type FormEvent, useId, useState } from "react";

/** Asks for one name; stays open with the server's words when it is refused. */
export function NameDialog({
  title,
  description,
  label,
  confirmLabel,
  initial,
  onOpenChange,
  onConfirm,
}: {
  readonly title: string;
  readonly description: string;
  readonly label: string;
  readonly confirmLabel: string;
  readonly initial: string;
  readonly onOpenChange: (open: boolean) => void;
  readonly onConfirm: (name: string) => Promise<void>;
}) {
  const [name, setName] = useState(initial);
  const { busy, problem, attempt } = useAttempt();
  const form = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await attempt(async () => {
      await onConfirm(name.trim());
      onOpenChange(false);
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={busy}
            disabled={name.trim() === "" || name.trim() === initial}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <Field label={label} error={problem?.message}>
          {(ids) => <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
