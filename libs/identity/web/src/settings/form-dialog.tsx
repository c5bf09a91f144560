"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState } from "@runweir/web-ui";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

/** A button that opens a form; it stays open with what is wrong until what was asked for is done. */
export function FormDialog({
  label,
  children,
  onSubmit,
}: {
  readonly label: string;
  readonly children: ReactNode;
  readonly onSubmit: (form: FormData) => Promise<unknown>;
}) {
  const formId = useId();
  const [open, setOpen] = useState(false);
  const submit = useMutation({ mutationFn: onSubmit, onSuccess: () => setOpen(false) });
  const show = (next: boolean) => {
    submit.reset();
    setOpen(next);
  };
  return (
    <>
      <Button icon={<Plus aria-hidden className="size-3.5" />} onClick={() => show(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        title={label}
        size="sm"
        footer={
          <>
            <Button onClick={() => show(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" busy={submit.isPending}>
              {label}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            submit.mutate(new FormData(event.currentTarget));
          }}
        >
          {children}
          {submit.error && <ErrorState compact problem={describeError(submit.error)} />}
        </form>
      </Dialog>
    </>
  );
}
