import { readArrowPoints } from "@runweir/ingest-formats";
import type { PointsRequest } from "../points-request.ts";
import { acknowledgeBatches } from "./acknowledge-batches.ts";

/** An Arrow IPC stream: its acknowledgements, line by line. The first failure is thrown. */
export function ingestArrow({
  pieces,
  lease,
  limits,
  append,
  stopReading,
}: PointsRequest): AsyncGenerator<string, void, undefined> {
  return acknowledgeBatches({
    batches: readArrowPoints(pieces, lease, limits),
    append: (batch) => append(batch.runs),
    stopReading,
    lease,
    limits,
  });
}
