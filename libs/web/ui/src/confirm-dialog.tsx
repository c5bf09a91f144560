"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorState, type Problem } from "./error-state.tsx";

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly description: ReactNode;
  /** The verb of the act: "Delete 3 runs", never "OK". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** The dialog stays open and busy until it settles; when it rejects, the reason is shown in place. */
  readonly onConfirm: () => Promise<unknown>;
  readonly describeError?: (error: unknown) => Problem;
}

export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  danger = false,
  onConfirm,
  describeError = plainProblem,
}: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const close = (next: boolean) => {
    if (busy) return;
    setProblem(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={title}
      description={description}
      size="sm"
      footer={
        <>
          <Button onClick={() => close(false)} disabled={busy}>
            Cancel
          </Button>
          <Button variant={danger ? "dangerPrimary" : "primary"} busy={busy} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {problem && <ErrorState compact problem={problem} />}
    </Dialog>
  );
}

function plainProblem(error: unknown): Problem {
  return { message: error instanceof Error ? error.message : "Something went wrong." };
}
