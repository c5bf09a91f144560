"use client";

import type { ApiProblem } from "@runweir/web-trpc-client";
import { ErrorState } from "@runweir/web-ui";

/** What a page of settings could not show; asking once more does not change what somebody may. */
export function SettingsProblem({
  problem,
  onRetry,
}: {
  readonly problem: ApiProblem;
  readonly onRetry: () => void;
}) {
  if (problem.code === "not_found") return <ErrorState problem={problem} />;
  if (problem.code !== "permission_denied") return <ErrorState problem={problem} onRetry={onRetry} />;
  return (
    <ErrorState problem={{ ...problem, title: "This is not yours to see" }}>
      <p className="text-ink-2">An administrator can change that, or look for you.</p>
    </ErrorState>
  );
}
