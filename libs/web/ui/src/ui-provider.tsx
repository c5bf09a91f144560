"use client";

import type { ReactNode } from "react";
import { ToastProvider } from "./toast.tsx";
import { TooltipProvider } from "./tooltip.tsx";

/** What the components need above them, once per page. */
export function UiProvider({ children }: { readonly children: ReactNode }) {
  return (
    <TooltipProvider>
      <ToastProvider>{children}</ToastProvider>
    </TooltipProvider>
  );
}
