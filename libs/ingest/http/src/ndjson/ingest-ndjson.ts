import { DomainError } from "@runweir/errors";
import type { RunReceipt } from "@runweir/ingest-domain";
import { malformedBody, type NdjsonWindow, readNdjsonPoints } from "@runweir/ingest-formats";
import { addReceipts } from "../answer.ts";
import type { PointsRequest } from "../points-request.ts";

/**
 * One point per line: read, checked and appended window by window, one being appended while the next is read. A line that is
 * not in order ends the request, but takes nothing back.
 */
export async function ingestNdjson({
  pieces,
  lease,
  limits,
  append,
}: PointsRequest): Promise<readonly RunReceipt[]> {
  const totals = new Map<string, RunReceipt>();
  let accepted = 0;
  let failed: { readonly error: unknown } | undefined;
  let appending = Promise.resolve();

  async function appendWindow({ runs, bytes }: NdjsonWindow): Promise<void> {
    try {
      for (const receipt of await append(runs)) {
        totals.set(receipt.runId, addReceipts(totals.get(receipt.runId), receipt));
        accepted += receipt.points;
      }
      if (totals.size > limits.ndjsonRuns)
        throw malformedBody(`it has points of more than ${limits.ndjsonRuns} runs`);
    } catch (error) {
      failed ??= { error };
    } finally {
      lease.give(bytes);
    }
  }

  try {
    for await (const window of readNdjsonPoints(pieces, limits)) {
      await appending;
      if (failed) break;
      lease.take(window.bytes);
      appending = appendWindow(window);
    }
  } catch (error) {
    failed ??= { error };
  }
  await appending;
  if (failed) throw accepted === 0 ? failed.error : withAccepted(failed.error, accepted);
  return [...totals.values()];
}

function withAccepted(error: unknown, accepted: number): unknown {
  if (!(error instanceof DomainError)) return error;
  const { code, message, field, reason, retryAfterSeconds, cause } = error;
  return new DomainError(code, `${message} ${accepted} points of earlier lines have been accepted.`, {
    field,
    reason,
    retryAfterSeconds,
    cause,
  });
}
