"use client";

import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

export interface ToastInput {
  readonly title: string;
  readonly description?: string;
  readonly tone?: "neutral" | "bad";
  /** Offers "Undo"; what it rejects with is shown as another toast. */
  readonly undo?: () => unknown;
}

interface ShownToast extends ToastInput {
  readonly id: number;
}

const ToastContext = createContext<((toast: ToastInput) => void) | undefined>(undefined);

/** Tells of something done, for eight seconds (longer while hovered or focused). Errors that matter belong in the page. */
export function useToast(): (toast: ToastInput) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast needs a ToastProvider above it");
  return show;
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const show = useCallback((toast: ToastInput) => {
    setToasts((shown) => [...shown.slice(-2), { ...toast, id: (shown.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const dismiss = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  const undo = async (toast: ShownToast) => {
    dismiss(toast.id);
    try {
      await toast.undo?.();
    } catch (error) {
      const description = error instanceof Error ? error.message : "Something went wrong.";
      show({ title: "It could not be undone", description, tone: "bad" });
    }
  };
  return (
    <ToastContext.Provider value={show}>
      <Radix.Provider duration={8_000} label="Notification">
        {children}
        {toasts.map((toast) => (
          <Radix.Root
            key={toast.id}
            onOpenChange={(open) => {
              if (!open) dismiss(toast.id);
            }}
            className={classNames(
              "animate-pop flex items-center gap-2 rounded-md border bg-surface py-1.5 pr-1.5 pl-3 shadow-pop",
              toast.tone === "bad" ? "border-bad" : "border-line-strong",
            )}
          >
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-medium">{toast.title}</Radix.Title>
              {toast.description !== undefined && (
                <Radix.Description className="text-sm break-words text-ink-2">
                  {toast.description}
                </Radix.Description>
              )}
            </div>
            {toast.undo && (
              <Radix.Action altText="Undo" asChild>
                <button
                  type="button"
                  className="h-control rounded-md px-2 text-sm font-medium text-accent hover:bg-hover"
                  onClick={() => void undo(toast)}
                >
                  Undo
                </button>
              </Radix.Action>
            )}
            <Radix.Close asChild>
              <IconButton label="Dismiss" icon={<X aria-hidden className="size-3.5" />} />
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed right-4 bottom-4 z-60 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
      </Radix.Provider>
    </ToastContext.Provider>
  );
}
