import type { RunReceipt } from "@runweir/ingest-domain";
import type { ArrowBatch } from "@runweir/ingest-formats";
import { receiptAnswer } from "../answer.ts";
import type { ByteLease } from "../body/byte-budget.ts";
import type { Limits } from "../limits.ts";

type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

interface UnderWay {
  readonly batch: ArrowBatch;
  readonly outcome: Promise<Outcome<readonly RunReceipt[]>>;
}

export interface AcknowledgementOptions {
  readonly batches: AsyncGenerator<ArrowBatch, void, undefined>;
  append(batch: ArrowBatch): Promise<readonly RunReceipt[]>;
  /** Ends a read of the next batch that is under way. */
  stopReading(): void;
  readonly lease: ByteLease;
  readonly limits: Pick<Limits, "arrowUnacknowledgedBytes">;
}

/**
 * Appends batches as they come and tells in their order, one line each, what became of them. The next batch is not read while too much
 * is unacknowledged, nor while nobody takes the acknowledgements.
 *
 * The first failure ends it, after everything before it has been acknowledged.
 */
export async function* acknowledgeBatches(
  options: AcknowledgementOptions,
): AsyncGenerator<string, void, undefined> {
  const { batches, lease, limits } = options;
  const underWay: UnderWay[] = [];
  let unacknowledged = 0;
  let acknowledged = 0;
  let points = 0;
  let reading: Promise<Outcome<IteratorResult<ArrowBatch, void>>> | undefined;
  let end: Outcome<"done"> | undefined;
  try {
    for (;;) {
      const oldest = underWay[0];
      if (!end && unacknowledged < limits.arrowUnacknowledgedBytes) reading ??= outcomeOf(batches.next());
      if (!oldest && !reading) break;
      const isOldestDone = await first(oldest?.outcome, reading);
      if (isOldestDone && oldest) {
        const receipts = unwrap(await oldest.outcome);
        underWay.shift();
        oldest.batch.release();
        unacknowledged -= oldest.batch.bytes;
        lease.give(oldest.batch.bytes);
        points += oldest.batch.points;
        yield toLine({ batch: acknowledged, points: oldest.batch.points, runs: receipts.map(receiptAnswer) });
        acknowledged += 1;
      } else if (reading) {
        const read = await reading;
        reading = undefined;
        if ("error" in read) end = read;
        else if (read.value.done) end = { value: "done" };
        else {
          const batch = read.value.value;
          unacknowledged += batch.bytes;
          underWay.push({ batch, outcome: outcomeOf(options.append(batch)) });
        }
      }
    }
    if (end) unwrap(end);
    yield toLine({ done: true, batches: acknowledged, points });
  } finally {
    options.stopReading();
    await Promise.all(underWay.map((one) => one.outcome));
    await batches.return();
  }
}

/** Whether the first of two promises, of which one may be missing, is the one that is done. */
function first(one: Promise<unknown> | undefined, other: Promise<unknown> | undefined): Promise<boolean> {
  return Promise.race([one?.then(() => true), other?.then(() => false)].filter((each) => each !== undefined));
}

/** An outcome instead of a rejection, which nobody might be waiting for. */
function outcomeOf<Value>(promise: Promise<Value>): Promise<Outcome<Value>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function unwrap<Value>(outcome: Outcome<Value>): Value {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
