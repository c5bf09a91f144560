import { malformedBody } from "../refusals.ts";

const lineFeed = 0x0a;

/** The lines of a text that arrives in pieces, many at once, without their line feeds. A line too long is refused. */
export async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  lineBytesMax: number,
): AsyncGenerator<{ readonly lines: readonly string[]; readonly bytes: number }, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(lineFeed);
    if (end < 0) {
      rest = Buffer.concat([rest, piece]);
    } else {
      const whole =
        rest.length === 0 ? piece.subarray(0, end) : Buffer.concat([rest, piece.subarray(0, end)]);
      const lines = whole.toString().split("\n");
      yield { lines, bytes: whole.length };
      line += lines.length;
      rest = Buffer.from(piece.subarray(end + 1));
    }
    if (rest.length > lineBytesMax)
      throw malformedBody(`line ${line + 1} is longer than ${lineBytesMax} bytes`);
  }
  if (rest.length > 0) yield { lines: [rest.toString()], bytes: rest.length };
}
