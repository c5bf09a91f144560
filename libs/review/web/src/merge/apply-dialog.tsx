"use client";

import { describeError } from "@runweir/web-trpc-client";
import { ConfirmDialog } from "@runweir/web-ui";
import type { RequestView } from "../review-api.ts";
import { moveWords } from "../target-words.ts";

export function ApplyDialog({
  view: { request },
  onOpenChange,
  onApply,
}: {
  readonly view: RequestView;
  readonly onOpenChange: (open: boolean) => void;
  readonly onApply: () => Promise<unknown>;
}) {
  const { subject } = request;
  const what =
    subject.kind === "moves"
      ? subject.moves.map(moveWords).join("; ")
      : `The policies of revision ${subject.baseRevision} are replaced`;
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title="Apply the request?"
      description={`${what}. Everything moves at once or nothing does, and it can be reverted.`}
      confirmLabel="Apply"
      describeError={describeError}
      onConfirm={onApply}
    />
  );
}
