import { runNameTag } from "../run.ts";
import type { Tracking } from "../tracking.ts";
import { checkBatch } from "../validation/check-batch.ts";

/**
 * A new name is entered into the audit log in the transaction that sets it, and points are waited for, which no transaction may
 * do: where a batch has both, its tags are a batch of their own. They come last in any case.
 */
export function namesApart(tracking: Tracking): Tracking {
  return {
    ...tracking,
    async logBatch(caller, input) {
      const { runId, metrics = [], params, tags = [] } = input;
      if (metrics.length === 0 || !tags.some(({ key }) => key === runNameTag))
        return tracking.logBatch(caller, input);
      checkBatch(input);
      await tracking.logBatch(caller, { runId, metrics, params });
      await tracking.logBatch(caller, { runId, tags });
    },
  };
}
