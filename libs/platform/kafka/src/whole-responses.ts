const lengthBytes = 4;

/**
 * Passes on responses of a broker when they are whole, many at once where many are there. kafkajs keeps the beginning of a
 * response beyond the end of its connection, takes what the next connection brings for the rest of it, reads lengths where
 * there are none, and by that ends the process (its issue 715).
 */
export function wholeResponses(deliver: (responses: Buffer) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let needed = lengthBytes;
  return (chunk) => {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < needed) return;
    const all = waiting.length === 1 ? chunk : Buffer.concat(waiting, bytes);
    let whole = 0;
    needed = lengthOf(all, whole);
    while (whole + needed <= all.length) {
      whole += needed;
      needed = lengthOf(all, whole);
    }
    const rest = all.subarray(whole);
    waiting = rest.length === 0 ? [] : [rest];
    bytes = rest.length;
    if (whole > 0) deliver(all.subarray(0, whole));
  };
}

/** Bytes that the response which begins there takes, as far as that can be known. */
function lengthOf(bytes: Buffer, from: number): number {
  return lengthBytes + (bytes.length - from < lengthBytes ? 0 : bytes.readUInt32BE(from));
}
