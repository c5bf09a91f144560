"use client";

import type { FigureDefinition } from "@runweir/analytics-domain";
import { Button, EmptyState, ErrorState } from "@runweir/web-ui";
import { QuickChart } from "../chart/quick-chart.tsx";
import { ResultGrid } from "../grid/result-grid.tsx";
import type { ResultTable } from "../run/result-table.ts";
import type { Run } from "../run/use-run.ts";
import { RunProgress } from "./run-status.tsx";

/** What became of the statement: nothing yet, under way, rows as they come, refused, or all rows with a chart beside them. */
export function ResultArea({
  run,
  figure,
  onFigure,
  onRun,
  onRunFirst,
}: {
  readonly run: Run;
  readonly figure: FigureDefinition | undefined;
  readonly onFigure: (figure: FigureDefinition | undefined) => void;
  readonly onRun: () => void;
  /** Asks for the first rows only. */
  readonly onRunFirst: () => void;
}) {
  const table = tableOf(run);
  if (table && run.state !== "idle")
    // One place for all three, so that whoever reads the first rows is not torn away when the last ones come.
    return (
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className="min-h-72 min-w-0 flex-[3] lg:min-h-0">
          <ResultGrid key={run.request.id} table={table} isComing={run.state === "running"} />
        </div>
        {figure && run.state === "done" && (
          <div className="flex min-w-0 flex-[2] border-line max-lg:border-t lg:min-h-0 lg:overflow-y-auto lg:border-l">
            <QuickChart
              table={table}
              figure={figure}
              onChange={onFigure}
              onClose={() => onFigure(undefined)}
            />
          </div>
        )}
      </div>
    );
  switch (run.state) {
    case "idle":
      return (
        <EmptyState title="Ask anything about everything that was logged">
          Every run, param, tag and metric is in the tables on the left. Ctrl or ⌘ with Enter runs the
          statement.
        </EmptyState>
      );
    case "running":
      return <RunProgress run={run} />;
    case "cancelled":
      return (
        <EmptyState title="Cancelled" actions={<Button onClick={onRun}>Run again</Button>}>
          Nothing was changed; statements only read.
        </EmptyState>
      );
    case "failed": {
      const { failure } = run;
      const where = failure.position && `line ${failure.position.line}, column ${failure.position.column}`;
      const isTheirs = failure.status >= 400 && failure.status < 404;
      return (
        <ErrorState
          problem={{
            title: where
              ? `The statement has a mistake in ${where}`
              : isTheirs
                ? "The statement cannot be answered"
                : "The statement was not answered",
            message: failure.message,
            requestId: isTheirs ? undefined : failure.requestId,
          }}
          {...(isTheirs ? {} : { onRetry: onRun })}
          actions={
            failure.reason === "too_many_rows" ? (
              <Button onClick={onRunFirst}>Show the first 100,000 rows</Button>
            ) : undefined
          }
        />
      );
    }
    case "done":
      return (
        <EmptyState title="No rows">
          The statement ran; nothing fits it. Columns: {run.table.columns.map(({ name }) => name).join(", ")}.
        </EmptyState>
      );
  }
}

/** The rows there are, also of a statement that has more of them on the way, or was cancelled. */
function tableOf(run: Run): ResultTable | undefined {
  if (run.state === "done") return run.table.rows > 0 ? run.table : undefined;
  return run.state === "running" || run.state === "cancelled" ? run.part?.table : undefined;
}
