"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, ConfirmDialog } from "@runweir/web-ui";
import { X } from "lucide-react";
import { useState } from "react";

/** A destructive act behind a question that says what it does. */
export function RemoveButton({
  verb,
  title,
  description,
  onConfirm,
}: {
  readonly verb: string;
  readonly title: string;
  readonly description: string;
  readonly onConfirm: () => Promise<unknown>;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        <X aria-hidden className="size-3.5 sm:hidden" />
        <span className="max-sm:sr-only">{verb}</span>
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        description={description}
        confirmLabel={verb}
        danger
        describeError={describeError}
        onConfirm={onConfirm}
      />
    </>
  );
}
