import { type DeadLetterReason, encodeSegment, shardOf } from "@runweir/ingest-domain";
import type { RecordContent } from "./world/partition-log.ts";
import type { World } from "./world/world.ts";

interface Poison {
  readonly content: RecordContent;
  readonly partition: number;
  readonly reason: DeadLetterReason;
}

/** A record of somebody who does not keep to the rules, with the reason for which it has to be set aside. */
export function drawPoison({ plan, random, unique }: World): Poison {
  const runId = random.pick(plan.runs);
  const partition = shardOf(runId);
  const body = encodeSegment(runId, {
    keys: ["poison"],
    keyIndexes: Uint32Array.of(0),
    steps: Float64Array.of(unique()),
    timestamps: Float64Array.of(0),
    values: Float64Array.of(unique()),
  });
  const content: RecordContent = { workspace: "default", client: undefined, sequence: undefined, body };
  const malformed = (change: Partial<RecordContent>, at = partition): Poison => ({
    content: { ...content, ...change },
    partition: at,
    reason: "malformed",
  });
  const elsewhere = plan.partitions.find((other) => other !== partition);
  return random.pick<() => Poison>([
    () => malformed({ body: body.slice(0, random.below(body.length)) }),
    () => malformed({ body: body.map((byte, i) => (i === body.length >> 1 ? byte ^ 1 : byte)) }),
    () => malformed({ workspace: undefined }),
    () => malformed({ client: "somebody", sequence: "1.5" }),
    () => (elsewhere === undefined ? malformed({ body: new Uint8Array() }) : malformed({}, elsewhere)),
    () => ({ content: { ...content, workspace: "another" }, partition, reason: "run_not_found" }),
    () => ({ content: { ...content, workspace: "de\0fault" }, partition, reason: "refused" }),
  ])();
}
