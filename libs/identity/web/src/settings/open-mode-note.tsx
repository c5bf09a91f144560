"use client";

import { useCurrent } from "./use-current.ts";

/** Where nobody signs in these pages are for looking; says how a team turns it on. */
export function OpenModeNote() {
  if (useCurrent()?.kind !== "local-owner") return null;
  return (
    <p className="rounded-lg border border-line bg-surface px-3 py-2 text-sm text-ink-2">
      Nobody signs in here: this server answers on this machine only, and whoever sits at it may do
      everything. To give people accounts, roles and tokens, start it with{" "}
      <code className="font-mono">npm start -- --identity</code>.
    </p>
  );
}
