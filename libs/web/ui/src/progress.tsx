"use client";

import { Progress as Radix } from "radix-ui";

/** `value` from 0 to 1, or null when nobody knows how much there is. */
export function Progress({ value, label }: { readonly value: number | null; readonly label: string }) {
  return (
    <Radix.Root
      value={value === null ? null : Math.round(value * 100)}
      aria-label={label}
      className="h-1 w-full overflow-hidden rounded-full bg-line"
    >
      <Radix.Indicator
        className={
          value === null ? "animate-shimmer h-full w-1/3 bg-accent" : "h-full bg-accent transition-[width]"
        }
        style={value === null ? undefined : { width: `${Math.round(value * 100)}%` }}
      />
    </Radix.Root>
  );
}
