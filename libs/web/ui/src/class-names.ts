import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Without the list the merge takes `text-md` for a colour and drops it beside `text-ink`.
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["xs", "sm", "md", "lg", "xl"], shadow: ["pop"] },
    classGroups: { h: ["h-row", "h-control", "h-bar"] },
  },
});

/** Joins class names; where two Tailwind utilities contradict each other the last one wins. */
export function classNames(...values: readonly ClassValue[]): string {
  return merge(clsx(values));
}
