import type { RunReceipt } from "@runweir/ingest-domain";
import { readJsonPoints } from "@runweir/ingest-formats";
import { readWhole } from "../body/read-whole.ts";
import type { PointsRequest } from "../points-request.ts";

/** Columns as JSON: read whole, checked whole. */
export async function ingestJson({
  pieces,
  lease,
  limits,
  append,
}: PointsRequest): Promise<readonly RunReceipt[]> {
  return append(readJsonPoints(await readWhole(pieces, lease, limits.jsonBytes), limits));
}
