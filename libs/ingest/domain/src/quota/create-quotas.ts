import { DomainError } from "@runweir/errors";
import { NameQuota } from "./name-quota.ts";
import type { NameCounter, QuotaLimits, QuotaReason, Quotas } from "./quotas.ts";
import { TokenBuckets } from "./token-buckets.ts";

export interface QuotaOptions {
  readonly limits: QuotaLimits;
  readonly clock: { now(): number };
  readonly countNames: NameCounter;
  /** Told of every refusal. */
  readonly onRefused?: ((reason: QuotaReason) => void) | undefined;
}

/**
 * Rates are counted by each process for itself: behind several, all together admit as many times more. Names are counted in the
 * store, so for all of them.
 */
export function createQuotas({ limits, clock, countNames, onRefused }: QuotaOptions): Quotas {
  const ofRuns = limits.pointsPerSecondOfRun > 0 ? new TokenBuckets(limits.pointsPerSecondOfRun) : undefined;
  const ofWorkspaces =
    limits.pointsPerSecondOfWorkspace > 0 ? new TokenBuckets(limits.pointsPerSecondOfWorkspace) : undefined;
  const names = limits.metricNames > 0 ? new NameQuota(limits.metricNames, countNames) : undefined;

  function admitRates(workspace: string, runs: Parameters<Quotas["admit"]>[1]): void {
    const now = clock.now();
    const wait = ofWorkspaces?.secondsToWait(workspace, now) ?? 0;
    if (wait > 0)
      throw tooFast(
        `Workspace '${workspace}'`,
        limits.pointsPerSecondOfWorkspace,
        wait,
        "workspace_rate_quota",
      );
    for (const { runId } of ofRuns ? runs : []) {
      const runWait = ofRuns?.secondsToWait(`${workspace}/${runId}`, now) ?? 0;
      if (runWait > 0)
        throw tooFast(`Run '${runId}'`, limits.pointsPerSecondOfRun, runWait, "run_rate_quota");
    }
    for (const { runId, points } of runs) {
      ofWorkspaces?.take(workspace, points.values.length, now);
      ofRuns?.take(`${workspace}/${runId}`, points.values.length, now);
    }
  }

  return {
    async admit(workspace, runs) {
      try {
        admitRates(workspace, runs);
        if (names) for (const { runId, points } of runs) await names.admit(workspace, runId, points);
      } catch (error) {
        if (error instanceof DomainError && isQuotaReason(error.reason)) onRefused?.(error.reason);
        throw error;
      }
    },
  };
}

function tooFast(who: string, perSecond: number, seconds: number, reason: QuotaReason): DomainError {
  return new DomainError(
    "resource_exhausted",
    `${who} may log ${perSecond} metric points per second through one server process, and has logged more. Please retry in ${seconds} s.`,
    { reason, retryAfterSeconds: seconds },
  );
}

function isQuotaReason(reason: string | undefined): reason is QuotaReason {
  return reason === "run_rate_quota" || reason === "workspace_rate_quota" || reason === "metric_names_quota";
}
