import { digestOf } from "@runweir/ingest-domain";
import type { World } from "../world/world.ts";
import { namesInSegment } from "./truth.ts";

/** The ledger of every run says what the requests of the run were, as far as none was lost on purpose. */
export function checkDelivery({ plan, log, store: { state }, checker }: World): void {
  const { truth } = checker;
  const records = log.partitions().flatMap((partition) => partition.history);
  const batchOf = (client: string | undefined, sequence: string | undefined, name: string | undefined) =>
    `${client}/${sequence} of ${name?.split(" ", 1)[0]}`;
  // Their points may have come again in other requests.
  const lost = new Set(
    records
      .filter((record) => record.lost)
      .map(({ client, sequence, body }) => batchOf(client, sequence, namesInSegment(body)[0])),
  );
  for (const { runId, client, sequence, names } of truth.acknowledged) {
    if (names.some((name) => truth.sent.get(name)?.lost)) continue;
    if (lost.has(batchOf(client, String(sequence), names[0]))) continue;
    const runNo = state.runs.get(runId)?.runNo;
    if (!state.senders.get(`${runNo}/${client}`)?.has(sequence))
      checker.violate("L", `the ledger lacks batch ${sequence} of ${client} for ${runId}`);
  }
  // Requests are forgotten after a while, and may then be counted again.
  if (state.rotations > 1) return;
  for (const runId of plan.runs) {
    const own = records.filter(
      ({ poison, body }) => !poison && namesInSegment(body)[0]?.startsWith(`${runId} `),
    );
    if (own.some((record) => record.lost)) continue;
    const sent = new Set(own.map(({ body }) => digestOf(body))).size;
    const counted = state.deliveries.get(state.runs.get(runId)?.runNo as number)?.segments ?? 0;
    if (counted !== sent)
      checker.violate("D", `the ledger counts ${counted} requests of ${runId}, not ${sent}`);
  }
}
