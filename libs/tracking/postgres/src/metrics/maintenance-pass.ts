import { findUnfolded } from "./catch-up.ts";
import { compactRun, findUnmerged, type RunOfShard } from "./compact-run.ts";
import { foldShard } from "./fold-shard.ts";
import type { MetricContext } from "./metric-context.ts";

/**
 * Folds everything unfolded and merges what folding filled up. `sweep` also looks for merges that an earlier process
 * left undone. A run that cannot be merged (a damaged chunk) is reported and does not stop the others.
 */
export async function runMaintenancePass(
  context: MetricContext,
  options: {
    readonly sweep: boolean;
    readonly signal: AbortSignal;
    onRunFailed(run: RunOfShard, error: unknown): void;
  },
): Promise<void> {
  for (const { shard } of await findUnfolded(context)) {
    const folded = new Set<number>();
    for (let more = true; more && !options.signal.aborted; ) {
      const result = await foldShard(context, { shard });
      for (const runNo of result.runNos) folded.add(runNo);
      more = result.more;
    }
    if (folded.size > 0) await compact(context, { shard, runNos: [...folded] }, options);
  }
  if (options.sweep) await compact(context, undefined, options);
}

async function compact(
  context: MetricContext,
  among: { readonly shard: number; readonly runNos: readonly number[] } | undefined,
  options: { readonly signal: AbortSignal; onRunFailed(run: RunOfShard, error: unknown): void },
): Promise<void> {
  for (const run of await findUnmerged(context, among)) {
    try {
      while (!options.signal.aborted && (await compactRun(context, run)));
    } catch (error) {
      options.onRunFailed(run, error);
    }
  }
}
