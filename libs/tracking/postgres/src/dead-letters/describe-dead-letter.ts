import { decodeSegment, pointsOfSeries } from "@runweir/ingest-domain";
import { inboundReader, isInboundSource } from "@runweir/ingest-inbound";

/** What the bytes of a dead letter say, as far as they can be read. */
export type DeadLetterContent =
  | { readonly kind: "points"; readonly series: readonly DeadSeries[] }
  | { readonly kind: "json"; readonly message: unknown }
  | { readonly kind: "bytes" };

export interface DeadSeries {
  readonly runId: string;
  readonly key: string;
  readonly points: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

export async function describeDeadLetter(letter: {
  readonly source: string;
  readonly offset: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}): Promise<DeadLetterContent> {
  const { source, offset, headers, body } = letter;
  try {
    if (!isInboundSource(source)) return { kind: "points", series: seriesOf(body) };
    const read = await inboundReader.read({ offset, headers, body, loggedAt: 0 }, 0);
    if ("entry" in read && read.entry.content.kind === "points")
      return {
        kind: "points",
        series: read.entry.content.segments.flatMap((segment) => seriesOf(segment.body)),
      };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    return { kind: "json", message: JSON.parse(text) };
  } catch {
    return { kind: "bytes" };
  }
}

function seriesOf(body: Uint8Array): readonly DeadSeries[] {
  const segment = decodeSegment(body);
  return segment.keys.map((key, i) => {
    const { steps } = pointsOfSeries(segment, i);
    const firstStep = steps.reduce((a, b) => Math.min(a, b));
    const lastStep = steps.reduce((a, b) => Math.max(a, b));
    return { runId: segment.runId, key, points: steps.length, firstStep, lastStep };
  });
}
