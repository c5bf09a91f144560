import type { EndedQuery } from "@runweir/analytics-domain";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** What was asked in SQL, how long it took and what came of it; and what is under way at this moment. */
export function createSqlMetrics(
  registry: Registry,
  loadOf: () => { readonly running: number; readonly waiting: number },
): { onEnd(ended: EndedQuery): void } {
  const registers = [registry];
  const duration = new Histogram({
    name: "runweir_sql_duration_seconds",
    help: "Time of a statement, until its answer was taken: answered from the cache or not, refused, cancelled, over a limit, failed.",
    labelNames: ["outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  const rows = new Counter({
    name: "runweir_sql_rows_total",
    help: "Rows of answers.",
    registers,
  });
  new Gauge({
    name: "runweir_sql_statements",
    help: "Statements that run, and that wait for a worker.",
    labelNames: ["state"],
    registers,
    collect() {
      const { running, waiting } = loadOf();
      this.set({ state: "running" }, running);
      this.set({ state: "waiting" }, waiting);
    },
  });
  return {
    onEnd({ milliseconds, outcome }) {
      duration.observe({ outcome: nameOf(outcome) }, milliseconds / 1_000);
      if (outcome.state === "done") rows.inc(outcome.rows);
    },
  };
}

const failures = new Set(["internal", "unavailable", "engine_failed", "worker_ended", "snapshot_unreadable"]);
const overLimits = new Set(["out_of_memory", "time_limit", "too_many_bytes", "too_many_rows", "queue_full"]);

function nameOf(outcome: EndedQuery["outcome"]): string {
  if (outcome.state === "done") return outcome.isCached ? "cached" : "answered";
  const { reason } = outcome;
  if (reason === "cancelled") return reason;
  if (overLimits.has(reason)) return "over_limit";
  return failures.has(reason) ? "failed" : "refused";
}
