import type { ReactNode } from "react";

/** Keys as printed on the keyboard; also good for a word such as "Esc". */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="shrink-0 rounded-sm border border-line px-1 text-[10px] leading-4 whitespace-nowrap text-ink-3">
      {children}
    </kbd>
  );
}
