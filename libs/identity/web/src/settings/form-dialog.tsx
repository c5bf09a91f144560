"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState } from "@runweir/web-ui";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

interface FormProps {
  /** The verb of the act, also on its button. */
  readonly label: string;
  readonly title?: string;
  readonly children: ReactNode;
  readonly onSubmit: (form: FormData) => Promise<unknown>;
}

/** A form that stays open with what is wrong until what was asked for is done. */
export function FormDialog({
  label,
  title = label,
  children,
  onSubmit,
  open,
  onOpenChange,
}: FormProps & { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const formId = useId();
  const submit = useMutation({ mutationFn: onSubmit, onSuccess: () => onOpenChange(false) });
  const show = (next: boolean) => {
    submit.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={show}
      title={title}
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
  );
}

/** A button that opens one. */
export function FormButton({
  isChange = false,
  ...form
}: FormProps & {
  /** It changes what is there; else it makes something. */
  readonly isChange?: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        {...(isChange ? {} : { icon: <Plus aria-hidden className="size-3.5" /> })}
        onClick={() => setOpen(true)}
      >
        {form.label}
      </Button>
      <FormDialog {...form} open={open} onOpenChange={setOpen} />
    </>
  );
}
