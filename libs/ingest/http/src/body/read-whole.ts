import { tooLarge } from "@runweir/ingest-formats";
import type { ByteLease } from "./byte-budget.ts";

/** All pieces as one. They are taken from the lease as they come; whoever opened it gives them back. */
export async function readWhole(
  pieces: AsyncIterable<Buffer>,
  lease: ByteLease,
  bytesMax: number,
): Promise<Buffer> {
  const received: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > bytesMax) throw tooLarge("A body of this content type", bytesMax);
    lease.take(piece.length);
    received.push(piece);
  }
  return received.length === 1 ? (received[0] as Buffer) : Buffer.concat(received, bytes);
}
