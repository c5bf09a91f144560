import { crc32c } from "@runweir/ingest-domain";
import { isProduceRequest } from "./requests.ts";

/** Places in a record batch, whose checksum covers all from the attributes on. */
const batch = { length: 8, checksum: 17, attributes: 21, firstSequence: 53, records: 61 } as const;
const lengthBytes = 12;

/**
 * A whole produce request of kafkajs (version 3 to 7) in which one batch claims to come so many records later than it does:
 * an idempotent producer's broker refuses it with OUT_OF_ORDER_SEQUENCE_NUMBER, and takes the other partitions. Undefined
 * when there is none with a batch before it, as a broker believes the first number it hears.
 */
export function shiftSequence(request: Buffer, by: number): Buffer | undefined {
  if (!isProduceRequest(request) || request.length !== request.readInt32BE(0) + 4) return undefined;
  const shifted = Buffer.from(request);
  for (const start of batchesIn(shifted)) {
    const sequence = shifted.readInt32BE(start + batch.firstSequence);
    if (sequence <= 0) continue;
    shifted.writeInt32BE(sequence + by, start + batch.firstSequence);
    const end = start + lengthBytes + shifted.readInt32BE(start + batch.length);
    shifted.writeUInt32BE(crc32c(shifted, start + batch.attributes, end), start + batch.checksum);
    return shifted;
  }
  return undefined;
}

/** Where each partition's batch begins. */
function batchesIn(request: Buffer): readonly number[] {
  const starts: number[] = [];
  let at = 12;
  const count = (): number => {
    at += 4;
    return request.readInt32BE(at - 4);
  };
  const passText = (): void => {
    at += 2 + Math.max(0, request.readInt16BE(at));
  };
  passText();
  passText();
  // Whose acknowledgements, and how long it may take.
  at += 2 + 4;
  for (let topics = count(); topics > 0; topics -= 1) {
    passText();
    for (let partitions = count(); partitions > 0; partitions -= 1) {
      at += 4;
      const bytes = count();
      if (bytes > batch.records) starts.push(at);
      at += bytes;
    }
  }
  return starts;
}
