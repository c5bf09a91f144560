"use client";

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

/** A label above a control, with a hint or what is wrong below it; the ids tie them together for screen readers. */
export function Field({
  label,
  hint,
  error,
  children,
  className,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly children: (ids: {
    readonly id: string;
    readonly "aria-describedby": string;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
  readonly className?: string;
}) {
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {label}
      </label>
      {children({ id, "aria-describedby": note, "aria-invalid": Boolean(error) })}
      <p
        id={note}
        className={classNames("text-sm empty:hidden", error ? "text-bad" : "text-ink-3")}
        role={error ? "alert" : undefined}
      >
        {error ?? hint}
      </p>
    </div>
  );
}
