"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix, Switch as RadixSwitch } from "radix-ui";
import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

interface CheckboxProps {
  readonly checked: boolean | "indeterminate";
  readonly onCheckedChange: (checked: boolean) => void;
  /** The name for screen readers; shown beside the box when `children` is given instead. */
  readonly label: string;
  readonly children?: ReactNode;
  readonly disabled?: boolean;
  readonly className?: string;
}

export function Checkbox({
  checked,
  onCheckedChange,
  label,
  children,
  disabled = false,
  className,
}: CheckboxProps) {
  const id = useId();
  const box = (
    <Radix.Root
      id={id}
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next === true)}
      disabled={disabled}
      aria-label={label}
      className={classNames(
        "grid size-4 shrink-0 place-items-center rounded-sm border border-ink-3 bg-surface text-accent-ink hover:border-ink data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent disabled:opacity-50",
        children === undefined && className,
      )}
    >
      <Radix.Indicator>
        {checked === "indeterminate" ? (
          <Minus aria-hidden className="size-3" strokeWidth={3} />
        ) : (
          <Check aria-hidden className="size-3" strokeWidth={3} />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
  if (children === undefined) return box;
  return (
    <label
      htmlFor={id}
      className={classNames("inline-flex items-center gap-2 text-sm select-none", className)}
    >
      {box}
      {children}
    </label>
  );
}

interface SwitchProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly label: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** For settings that take effect at once; the label stands beside it. */
export function Switch({ checked, onCheckedChange, label, disabled = false, className }: SwitchProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={classNames("inline-flex items-center gap-2 text-sm select-none", className)}
    >
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        className="h-4 w-7 shrink-0 rounded-full border border-ink-3 bg-sunken transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <RadixSwitch.Thumb className="block size-3 translate-x-px rounded-full bg-ink-3 transition-transform data-[state=checked]:translate-x-3 data-[state=checked]:bg-accent-ink" />
      </RadixSwitch.Root>
      {label}
    </label>
  );
}
