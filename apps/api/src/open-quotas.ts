import { createQuotas, type QuotaLimits, type Quotas } from "@runweir/ingest-domain";
import type { Database } from "@runweir/postgres";
import { createNameCounter } from "@runweir/tracking-postgres";
import { Counter, Gauge, type Registry } from "prom-client";

/** One set of quotas for all doors, and how often each refused something. */
export function openQuotas(options: {
  readonly limits: QuotaLimits;
  readonly database: Database;
  readonly clock: { now(): number };
  readonly registry: Registry;
}): Quotas {
  const { limits, database, clock, registry } = options;
  const refusals = new Counter({
    name: "runweir_log_refused_total",
    help: "Requests with metric points that a quota refused, by the quota that refused them.",
    labelNames: ["reason"],
    registers: [registry],
  });
  const rates = new Gauge({
    name: "runweir_log_quota_points_per_second",
    help: "Points per second that this process admits; summed over processes, what all of them admit. 0: no limit.",
    labelNames: ["of"],
    registers: [registry],
  });
  rates.set({ of: "run" }, limits.pointsPerSecondOfRun);
  rates.set({ of: "workspace" }, limits.pointsPerSecondOfWorkspace);
  return createQuotas({
    limits,
    clock,
    countNames: createNameCounter({ database }),
    onRefused: (reason) => refusals.inc({ reason }),
  });
}
