"use client";

import { formatAgo, formatCount, formatDuration, Progress, useNow } from "@runweir/web-ui";
import type { Run } from "../run/use-run.ts";

/** One line about the statement that was run last; read out when it ends. */
export function RunStatus({ run }: { readonly run: Run }) {
  const now = useNow();
  return (
    <p
      role="status"
      // A count that goes on is not read out.
      aria-live={run.state === "running" && run.part ? "off" : "polite"}
      className="min-w-0 truncate font-mono text-sm text-ink-3 max-sm:w-full"
    >
      {wordsOf(run, now)}
    </p>
  );
}

function wordsOf(run: Run, now: number): string {
  switch (run.state) {
    case "idle":
      return "";
    case "running":
      if (run.part) return `${countRows(run.part.table.rows)} so far`;
      return run.ahead === undefined ? "Running" : `Waiting, ${formatCount(run.ahead + 1)} in front`;
    case "cancelled": {
      const cancelled = `Cancelled after ${formatDuration(run.milliseconds)}`;
      return run.part
        ? `${cancelled} · the first ${countRows(run.part.table.rows)}, not all there are`
        : cancelled;
    }
    case "failed":
      return "Failed";
    case "done": {
      const { facts, table } = run;
      return [
        countRows(table.rows),
        formatDuration(run.milliseconds),
        `snapshot #${formatCount(facts.snapshot)}${now > 0 && Number.isFinite(facts.createdAt) ? `, ${formatAgo(facts.createdAt, now)}` : ""}`,
        facts.tailUntil === undefined ? undefined : "live",
        facts.cached ? "cached" : undefined,
      ]
        .filter(Boolean)
        .join(" · ");
    }
  }
}

function countRows(rows: number): string {
  return `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;
}

/** How far a statement is, and for how long it has been running. */
export function RunProgress({ run }: { readonly run: Extract<Run, { state: "running" }> }) {
  useNow();
  const elapsed = performance.now() - run.since;
  return (
    <div className="grid flex-1 place-content-center gap-2 p-8 text-center text-sm text-ink-2">
      <div className="w-64">
        <Progress
          label="Progress of the statement"
          value={run.percent === undefined ? null : run.percent / 100}
        />
      </div>
      <p>
        {run.ahead !== undefined ? "Waiting for its turn" : "Running"}
        {elapsed > 1_000 && `, ${formatDuration(Math.floor(elapsed / 1_000) * 1_000)}`}
        {run.percent !== undefined && `, ${Math.round(run.percent)} %`}
      </p>
      <p className="text-ink-3">Escape cancels.</p>
    </div>
  );
}
