"use client";

import { CodeSnippet, EmptyState, useOrigin } from "@runweir/web-ui";
import type { ReactNode } from "react";
import { pythonSnippet } from "../python-snippet.ts";
import { TokenHint } from "./token-hint.tsx";

/** What a newcomer sees: how to log a first run, or a project to look around in (`demo`). */
export function EmptyHome({ demo }: { readonly demo: ReactNode }) {
  const origin = useOrigin();
  return (
    <EmptyState heading="h1" title="Log your first run" actions={demo} className="pt-14">
      <p>
        Run these three lines where MLflow is installed. The run appears here by itself, no reload needed.
      </p>
      <TokenHint />
      <CodeSnippet label="Python" code={pythonSnippet(origin)} />
      <p>A script that logs to MLflow already needs no change at all; tell it where to log:</p>
      <CodeSnippet label="Shell" code={`export MLFLOW_TRACKING_URI=${origin}`} />
      <p>Nothing at hand to log? The demo project has three experiments and some three hundred runs.</p>
    </EmptyState>
  );
}
