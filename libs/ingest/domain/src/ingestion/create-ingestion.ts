import type { AppendReceipt, AppendRequest, LogPosition, LogTransport } from "../log-transport.ts";
import type { Quotas } from "../quota/quotas.ts";
import { checkPoints } from "./check-request.ts";
import type { Ingestion, RunPoints, RunReceipt } from "./ingestion.ts";
import { splitPoints } from "./split-points.ts";

export function createIngestion({
  log,
  quotas,
}: {
  readonly log: Pick<LogTransport, "append">;
  /** Asked once per request. The log itself must not be under quotas too: a request would be counted twice. */
  readonly quotas?: Quotas | undefined;
}): Ingestion {
  return {
    async append({ workspace }, { runs, acknowledgement }) {
      checkPoints(runs);
      await quotas?.admit(workspace, runs);
      const outcomes = await Promise.allSettled(
        runs.map((run) => appendRun(log, run, { workspace, runId: run.runId, acknowledgement })),
      );
      // All are waited for: what is still under way when a request is answered would be counted nowhere.
      return outcomes.map((outcome) => {
        if (outcome.status === "rejected") throw outcome.reason;
        return outcome.value;
      });
    },
  };
}

/**
 * Appends the parts side by side. Only the last one carries the sender's number and waits for the others: a number that
 * has arrived says that the whole request has.
 */
async function appendRun(
  log: Pick<LogTransport, "append">,
  { points, sender }: RunPoints,
  request: Omit<AppendRequest, "points">,
): Promise<RunReceipt> {
  const parts = splitPoints(points);
  const unnumbered = sender === undefined ? parts : parts.slice(0, -1);
  const outcomes = await Promise.allSettled(
    unnumbered.map((part) => log.append({ ...request, points: part })),
  );
  const receipts = outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
  const last = parts.at(-1);
  if (sender && last) receipts.push(await log.append({ ...request, points: last, sender }));
  return combine(
    request.runId,
    parts.map((part) => part.values.length),
    receipts,
  );
}

function combine(runId: string, sizes: readonly number[], receipts: readonly AppendReceipt[]): RunReceipt {
  let status: RunReceipt["status"] = "accepted";
  let points = 0;
  let applied = true;
  let position: LogPosition | undefined;
  receipts.forEach((receipt, i) => {
    if (receipt.status !== "accepted") {
      status = receipt.status;
      applied = false;
      return;
    }
    points += sizes[i] as number;
    applied &&= receipt.applied;
    if (receipt.position && !(position && position.offset > receipt.position.offset))
      position = receipt.position;
  });
  return { runId, status, points, applied, position };
}
