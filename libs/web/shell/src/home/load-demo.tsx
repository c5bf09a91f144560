"use client";

import { Button, ErrorState, Progress } from "@runweir/web-ui";
import type { DemoLoading } from "./use-load-demo.ts";

/** The button that loads the demo project, and how far it has come. */
export function LoadDemo({
  loading,
  written,
  onLoad,
}: {
  readonly loading: DemoLoading;
  /** Runs that are there already. */
  readonly written: number;
  readonly onLoad: () => void;
}) {
  const busy = loading.kind === "busy";
  const total = busy ? loading.runs : undefined;
  return (
    <div className="flex w-full flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" size="lg" busy={busy} onClick={onLoad}>
          Load the demo project
        </Button>
        {busy && (
          <span role="status" className="text-sm text-ink-2">
            {total === undefined ? (
              "Planning the runs…"
            ) : (
              <>
                Writing runs with curves, pictures and tables:{" "}
                <span className="num">
                  {Math.min(written, total)} of {total}
                </span>
              </>
            )}
          </span>
        )}
      </div>
      {busy && (
        <Progress
          value={total === undefined ? null : Math.min(1, written / total)}
          label="Loading the demo project"
        />
      )}
      {loading.kind === "failed" && (
        <ErrorState
          compact
          problem={{ ...loading.problem, title: "The demo project was not loaded completely" }}
        >
          <p className="text-ink-2">What was written so far is kept; loading again makes a second set.</p>
        </ErrorState>
      )}
    </div>
  );
}
