"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

/** One of a few, all visible: x axis, linear or logarithmic. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  onValueChange,
  options,
}: {
  readonly label: string;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // An empty value means that the chosen one was pressed again; one is always chosen here.
      onValueChange={(next) => next !== "" && onValueChange(next as Value)}
      className="inline-flex h-control w-fit shrink-0 items-center rounded-md border border-line bg-surface p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="h-full rounded-sm px-2 text-sm max-sm:px-1.5 text-ink-2 hover:text-ink data-[state=on]:bg-hover data-[state=on]:font-medium data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
