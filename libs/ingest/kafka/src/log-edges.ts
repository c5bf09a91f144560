import type { LogEdges, PartitionEdges } from "@runweir/ingest-domain";
import type { LogView } from "@runweir/kafka";

/** A topic, as the applier looks at it. */
export function logEdges(view: LogView): LogEdges {
  return {
    async partitions() {
      const [starts, ends] = await Promise.all([view.starts(), view.ends()]);
      return new Map(
        [...ends].map(([one, end]): [number, PartitionEdges] => [one, { low: starts.get(one) ?? 0, ...end }]),
      );
    },
    endOfEpoch: view.endOfEpoch,
  };
}
