"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState, Field, Textarea } from "@runweir/web-ui";
import { useState } from "react";

/** Confirms something that people will ask about later. */
export function ReasonDialog({
  title,
  description,
  confirmLabel,
  required = false,
  withoutReason = false,
  onOpenChange,
  onConfirm,
}: {
  readonly title: string;
  readonly description: string;
  readonly confirmLabel: string;
  readonly required?: boolean;
  readonly withoutReason?: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onConfirm: (reason: string) => Promise<unknown>;
}) {
  const [reason, setReason] = useState("");
  const { busy, problem, attempt } = useAttempt();
  const confirm = async () => {
    await attempt(async () => {
      await onConfirm(reason.trim());
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
            variant={required ? "dangerPrimary" : "primary"}
            busy={busy}
            disabled={required && reason.trim() === ""}
            onClick={() => void confirm()}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {!withoutReason && (
          <Field label="Reason">
            {(ids) => (
              <Textarea {...ids} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        )}
        {problem && <ErrorState compact problem={problem} />}
      </div>
    </Dialog>
  );
}
