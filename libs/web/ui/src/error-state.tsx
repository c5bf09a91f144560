"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";

/** What went wrong, in the words of whoever found it. */
export interface Problem {
  /** A short heading; without it "That did not work". */
  readonly title?: string | undefined;
  readonly message: string;
  /** Finds the request in the server's log. */
  readonly requestId?: string | undefined;
}

/** Says what happened, what was kept (`children`), and what to do next. */
export function ErrorState({
  problem,
  onRetry,
  actions,
  children,
  compact = false,
  heading: Heading = "h2",
  className,
}: {
  readonly problem: Problem;
  readonly onRetry?: () => void;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  /** For cards and dialogs. */
  readonly compact?: boolean;
  /** `h1` where nothing else on the page is one. */
  readonly heading?: "h1" | "h2";
  readonly className?: string;
}) {
  const { title = "That did not work", message, requestId } = problem;
  return (
    <section
      role="alert"
      className={classNames(
        "flex gap-2.5",
        compact ? "rounded-md bg-bad-soft p-2.5 text-sm" : "mx-auto w-full max-w-150 px-4 py-10",
        className,
      )}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <Heading className={compact ? "font-semibold" : "text-lg font-semibold"}>{title}</Heading>
        <p className="break-words whitespace-pre-line text-ink-2">{message}</p>
        {children}
        {requestId !== undefined && (
          <p className="num flex items-center gap-1 text-ink-3">
            request {requestId}
            <CopyButton text={requestId} label="Copy request id" />
          </p>
        )}
        {(onRetry !== undefined || actions !== undefined) && (
          <div className="flex flex-wrap gap-2 pt-1">
            {onRetry !== undefined && (
              <Button onClick={onRetry} icon={<RotateCw aria-hidden className="size-3.5" />}>
                Try again
              </Button>
            )}
            {actions}
          </div>
        )}
      </div>
    </section>
  );
}
