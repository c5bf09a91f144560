"use client";

import { ErrorState } from "@runweir/web-ui";

export function FileError({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const message = error instanceof Error ? error.message : "Something went wrong while reading it.";
  return (
    <ErrorState problem={{ title: "The file cannot be shown", message }} onRetry={onRetry}>
      <p className="text-ink-2">The file itself is untouched; it can still be downloaded.</p>
    </ErrorState>
  );
}
