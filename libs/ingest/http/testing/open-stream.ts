import { request as httpRequest, type IncomingMessage } from "node:http";
import { type ArrowRow, arrowBytes } from "@runweir/ingest-formats/testing";
import { Message } from "apache-arrow";

const arrowType = "application/vnd.apache.arrow.stream";

/** A request whose body is written and whose answer is read at the same time. */
export function openStream(url: string, headers: Readonly<Record<string, string>> = {}) {
  const request = httpRequest(url, {
    method: "POST",
    headers: { "content-type": arrowType, ...headers },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve).once("error", reject);
  });
  let rest = "";
  let iterator: AsyncIterator<Buffer> | undefined;
  return {
    request,
    answered,
    async line(): Promise<unknown> {
      const answer = await answered;
      iterator ??= answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      while (!rest.includes("\n")) {
        const next = await iterator.next();
        if (next.done) return undefined;
        rest += next.value.toString();
      }
      const end = rest.indexOf("\n");
      const text = rest.slice(0, end);
      rest = rest.slice(end + 1);
      return JSON.parse(text);
    },
  };
}

/** The schema and dictionaries with the first batch, then each batch by itself, then the end mark. */
export function arrowParts(batches: readonly (readonly ArrowRow[])[]): Buffer[] {
  const whole = arrowBytes(batches);
  const ends: number[] = [];
  for (let at = 0; at < whole.length - 8; ) {
    const metadata = whole.readInt32LE(at + 4);
    const message = Message.decode(whole.subarray(at + 8, at + 8 + metadata));
    at += 8 + metadata + message.bodyLength;
    if (message.isRecordBatch()) ends.push(at);
  }
  return [...ends, whole.length].map((end, i) => whole.subarray(i === 0 ? 0 : ends[i - 1], end));
}
