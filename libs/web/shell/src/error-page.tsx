"use client";

import { ErrorState } from "@runweir/web-ui";

/** Shown by Next.js when a page's own code failed. */
export function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return (
    <ErrorState
      heading="h1"
      problem={{ title: "This page broke", message: error.message, requestId: error.digest }}
      onRetry={reset}
    >
      <p className="text-ink-2">Nothing that was logged is lost; only the page failed to draw it.</p>
    </ErrorState>
  );
}
