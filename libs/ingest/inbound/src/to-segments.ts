import {
  checkPoints,
  digestOf,
  encodeSegment,
  type IncomingSegment,
  type RunPoints,
  shardOf,
  splitPoints,
} from "@runweir/ingest-domain";

/**
 * Points of a message as segments, after all of them were checked: throws `invalid_argument` naming the place of what is wrong.
 * Of a run that takes several segments only the last carries the sender's number: when that has arrived, all have.
 */
export function toSegments(
  runs: readonly RunPoints[],
  { workspace, offset, loggedAt }: Required<Pick<IncomingSegment, "workspace" | "offset" | "loggedAt">>,
): readonly IncomingSegment[] {
  checkPoints(runs);
  return runs.flatMap(({ runId, points, sender }) =>
    splitPoints(points).map((part, i, parts): IncomingSegment => {
      const body = encodeSegment(runId, part);
      return {
        workspace,
        runId,
        shard: shardOf(runId),
        digest: digestOf(body),
        points: part.values.length,
        body,
        sender: i === parts.length - 1 ? sender : undefined,
        offset,
        loggedAt,
      };
    }),
  );
}
