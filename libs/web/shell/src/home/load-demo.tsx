"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, ErrorState, type Problem, Progress } from "@runweir/web-ui";
import { useState } from "react";
import { useDemoClient } from "../demo-api.ts";

type Loading = { readonly kind: "idle" | "busy" } | { readonly kind: "failed"; readonly problem: Problem };

/** Loads the demo project and goes to its experiments. */
export function LoadDemo() {
  const client = useDemoClient();
  const [state, setState] = useState<Loading>({ kind: "idle" });
  const load = async () => {
    setState({ kind: "busy" });
    try {
      await client.load.mutate({});
      // The experiments are another zone's, which is a full load.
      window.location.assign("/experiments");
    } catch (error) {
      setState({ kind: "failed", problem: describeError(error) });
    }
  };
  const busy = state.kind === "busy";
  return (
    <div className="flex w-full flex-col gap-3">
      <div className="flex items-center gap-3">
        <Button variant="primary" size="lg" busy={busy} onClick={() => void load()}>
          Load the demo project
        </Button>
        {busy && (
          <span role="status" className="text-sm text-ink-2">
            Writing experiments, runs, curves and pictures…
          </span>
        )}
      </div>
      {busy && <Progress value={null} label="Loading the demo project" />}
      {state.kind === "failed" && (
        <ErrorState
          compact
          problem={{ ...state.problem, title: "The demo project was not loaded completely" }}
        >
          <p className="text-ink-2">What was written so far is kept; loading again makes a second set.</p>
        </ErrorState>
      )}
    </div>
  );
}
