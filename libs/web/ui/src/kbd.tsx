import type { ReactNode } from "react";

export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line px-1 text-[10px] leading-4 text-ink-3">{children}</kbd>
  );
}
