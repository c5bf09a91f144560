"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Card, CardHeader, CodeSnippet, ErrorState, PageHeader, useOrigin } from "@runweir/web-ui";
import { pythonSnippet } from "../python-snippet.ts";
import { EmptyHome } from "./empty-home.tsx";
import { ExperimentList } from "./experiment-list.tsx";
import { RunList } from "./run-list.tsx";
import { useHome } from "./use-home.ts";

/** What is running, what was logged last, and where it belongs. */
export function HomePage() {
  const home = useHome();
  const origin = useOrigin();
  if (home.error !== undefined) {
    return (
      <ErrorState problem={describeError(home.error)} onRetry={home.retry}>
        <p className="text-ink-2">Everything that was logged is kept.</p>
      </ErrorState>
    );
  }
  if (home.empty) return <EmptyHome />;
  const running = home.running?.length;
  return (
    <>
      <PageHeader title="Home" />
      <div className="grid items-start gap-3.5 px-4 pt-1 pb-6 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid min-w-0 gap-3.5">
          <RunList title="Running now" runs={home.running} count={running} empty="Nothing is running." />
          <RunList title="Recent runs" runs={home.recent} empty="No runs yet." />
        </div>
        <div className="grid min-w-0 gap-3.5">
          <ExperimentList experiments={home.experiments} />
          <Card aria-label="Log from Python">
            <CardHeader title="Log from Python" />
            <CodeSnippet code={pythonSnippet(origin)} className="mx-3 mb-3" />
          </Card>
        </div>
      </div>
    </>
  );
}
