"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Card,
  CardHeader,
  CodeSnippet,
  ErrorState,
  PageHeader,
  useListKeys,
  useOrigin,
} from "@runweir/web-ui";
import { useEffect, useRef } from "react";
import { DemoApiProvider } from "../demo-api.ts";
import { EmptyHome } from "./empty-home.tsx";
import { ExperimentList } from "./experiment-list.tsx";
import { LoadDemo } from "./load-demo.tsx";
import { pageOfMlflowAddress } from "./mlflow-address.ts";
import { ModelList } from "./model-list.tsx";
import { RunList } from "./run-list.tsx";
import { TokenHint } from "./token-hint.tsx";
import { type Home, useHome } from "./use-home.ts";
import { useLoadDemo } from "./use-load-demo.ts";
import { useWrittenRuns } from "./use-written-runs.ts";

/** What is running, what was logged last, and where it belongs. */
export function HomePage() {
  useEffect(() => {
    const follow = (): void => {
      const page = pageOfMlflowAddress(window.location.hash);
      if (page) window.location.replace(page);
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return (
    <DemoApiProvider>
      <HomeBody />
    </DemoApiProvider>
  );
}

function HomeBody() {
  const home = useHome();
  const { loading, load } = useLoadDemo();
  const written = useWrittenRuns(home.experiments, loading.kind === "busy");
  if (home.error !== undefined) {
    return (
      <ErrorState heading="h1" problem={describeError(home.error)} onRetry={home.retry}>
        <p className="text-ink-2">Everything that was logged is kept.</p>
      </ErrorState>
    );
  }
  // While it loads the lists would jump about; what came of a failed loading is said here too.
  if (home.empty || loading.kind !== "idle") {
    return <EmptyHome demo={<LoadDemo loading={loading} written={written} onLoad={() => void load()} />} />;
  }
  return <FilledHome home={home} />;
}

function FilledHome({ home }: { readonly home: Home }) {
  const origin = useOrigin();
  const lists = useRef<HTMLDivElement>(null);
  const running = home.running?.length ?? 0;
  const recent = home.recent?.length ?? 0;
  useListKeys({ ref: lists, count: running + recent, noun: "run" });
  return (
    <>
      <PageHeader title="Home" />
      <div className="grid items-start gap-3.5 px-4 pt-1 pb-6 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div ref={lists} className="grid min-w-0 gap-3.5">
          <RunList
            title="Running now"
            runs={home.running}
            count={home.running?.length}
            empty="Nothing is running."
            short
          />
          <RunList title="Recent runs" runs={home.recent} firstRow={running} empty="No runs yet." />
        </div>
        <div className="grid min-w-0 gap-3.5">
          <ExperimentList experiments={home.experiments} />
          <ModelList />
          <Card aria-label="Log to this server">
            <CardHeader title="Log to this server" />
            <CodeSnippet label="MLFLOW_TRACKING_URI" code={origin} className="mx-3 mb-3" />
            <TokenHint className="px-3 pb-3 text-sm text-ink-2" />
          </Card>
        </div>
      </div>
    </>
  );
}
