"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { useFocusReturn } from "./use-focus-return.ts";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence under the title; also what screen readers announce. */
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: "sm" | "md" | "lg";
}

const widths = { sm: "max-w-96", md: "max-w-130", lg: "max-w-200" } as const;

/** Traps focus, returns it where it was, closes on Escape and on a press outside. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = "md",
}: DialogProps) {
  const focus = useFocusReturn(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="animate-fade fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          onOpenAutoFocus={(event) => {
            focus.remember();
            focusFirstField(event);
          }}
          onCloseAutoFocus={focus.keepGiven}
          className={classNames(
            "animate-pop fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col rounded-lg border border-line bg-surface shadow-pop outline-none",
            widths[size],
          )}
        >
          <header className="flex items-start gap-2 px-4 pt-3 pb-1">
            <Radix.Title className="min-w-0 flex-1 pt-0.5 text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              {/* Without a tooltip: Escape would close that first and the dialog only the second time. */}
              <Button
                size="icon"
                variant="ghost"
                aria-label="Close"
                icon={<X aria-hidden className="size-4" />}
              />
            </Radix.Close>
          </header>
          {description !== undefined && (
            <Radix.Description className="px-4 text-ink-2 [&:has(+div:empty)]:pb-3">
              {description}
            </Radix.Description>
          )}
          <div className="min-h-0 overflow-y-auto px-4 py-3 empty:hidden">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * The first field, else the dialog itself: its close button is nothing to begin with. Fields go without `autoFocus`,
 * which would take the focus before it is remembered where it was.
 */
function focusFirstField(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  const field = event.target.querySelector<HTMLElement>("input, textarea, select");
  (field ?? event.target).focus();
  if (field instanceof HTMLInputElement) field.select();
}
