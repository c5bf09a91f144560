"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  /** The name for screen readers. */
  readonly label: string;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  /** Shown before the chosen value, as in "x: step". */
  readonly prefix?: ReactNode;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly className?: string;
}

export function Select<Value extends string>({
  label,
  value,
  onValueChange,
  options,
  prefix,
  disabled = false,
  id,
  className,
}: SelectProps<Value>) {
  return (
    <Radix.Root
      value={value}
      // Radix hands back only values that it was given.
      onValueChange={(next) => onValueChange(next as Value)}
      disabled={disabled}
    >
      <Radix.Trigger
        {...(id === undefined ? {} : { id })}
        aria-label={label}
        className={classNames(
          "inline-flex h-control min-w-0 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-sm text-ink hover:bg-hover disabled:opacity-50 data-[placeholder]:text-ink-3",
          className,
        )}
      >
        {prefix !== undefined && <span className="text-ink-3">{prefix}</span>}
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon className="ml-auto text-ink-3">
          <ChevronDown aria-hidden className="size-3.5" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="animate-pop z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-surface shadow-pop"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="relative flex h-control cursor-default items-center rounded-sm pr-3 pl-6 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover"
              >
                <Radix.ItemIndicator className="absolute left-1.5">
                  <Check aria-hidden className="size-3.5 text-accent" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
