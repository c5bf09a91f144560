import { decodeSegment, pointsOfSeries, type Segment } from "@runweir/ingest-domain";
import { isInboundSource } from "@runweir/ingest-inbound";

/** What the bytes of a dead letter say, as far as they can be read. */
export type DeadLetterContent =
  | {
      readonly kind: "points";
      readonly runId: string;
      readonly metrics: readonly {
        readonly key: string;
        readonly points: number;
        readonly firstStep: number;
        readonly lastStep: number;
      }[];
    }
  | { readonly kind: "json"; readonly message: unknown }
  | { readonly kind: "bytes" };

export function describeDeadLetter(letter: {
  readonly source: string;
  readonly body: Uint8Array;
}): DeadLetterContent {
  try {
    if (!isInboundSource(letter.source)) return describeSegment(decodeSegment(letter.body));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(letter.body);
    return { kind: "json", message: JSON.parse(text) };
  } catch {
    return { kind: "bytes" };
  }
}

function describeSegment(segment: Segment): DeadLetterContent {
  return {
    kind: "points",
    runId: segment.runId,
    metrics: segment.keys.map((key, i) => {
      const { steps } = pointsOfSeries(segment, i);
      const firstStep = steps.reduce((a, b) => Math.min(a, b));
      return { key, points: steps.length, firstStep, lastStep: steps.reduce((a, b) => Math.max(a, b)) };
    }),
  };
}
