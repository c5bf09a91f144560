"use client";

import { CodeSnippet, EmptyState, useOrigin } from "@runweir/web-ui";
import { pythonSnippet } from "../python-snippet.ts";
import { LoadDemo } from "./load-demo.tsx";

/** What a newcomer sees: how to log a first run, or a project to look around in. */
export function EmptyHome() {
  const origin = useOrigin();
  return (
    <EmptyState title="Log your first run" actions={<LoadDemo />} className="pt-14">
      <p>
        Run these three lines where MLflow is installed. The run appears here by itself, no reload needed.
      </p>
      <CodeSnippet label="Python" code={pythonSnippet(origin)} />
      <p>A script that logs to MLflow already needs no change at all; tell it where to log:</p>
      <CodeSnippet label="Shell" code={`export MLFLOW_TRACKING_URI=${origin}`} />
      <p>Nothing at hand to log? The demo project has three experiments and some three hundred runs.</p>
    </EmptyState>
  );
}
