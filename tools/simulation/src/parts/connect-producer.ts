import type { OutgoingSegment, RecordSender } from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import { OutOfOrderSequence, type RecordContent } from "../world/partition-log.ts";
import type { World } from "../world/world.ts";

const attempts = 3;

/**
 * An idempotent producer that counts as kafkajs does: it tries a batch again under the same sequence numbers, and only
 * counts on once it has heard that the batch was taken. So after a failed send its numbers are worth nothing.
 */
export async function connectProducer(world: World, owner: Process): Promise<RecordSender<OutgoingSegment>> {
  const { log, logLink, scheduler } = world;
  const producerId = await logLink.call("new producer", log.newProducer, owner);
  const sequences = new Map<number, number>();

  async function append(partition: number, records: readonly RecordContent[]): Promise<number> {
    const firstSequence = sequences.get(partition) ?? 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const offset = await logLink.call(
          `append ${records.length} to ${partition} as ${producerId}/${firstSequence}`,
          () => log.append({ producerId, partition, firstSequence, records }, scheduler.now()),
          owner,
        );
        sequences.set(partition, firstSequence + records.length);
        return offset;
      } catch (error) {
        if (attempt === attempts || error instanceof OutOfOrderSequence) throw error;
        await scheduler.wait(50 * attempt, "producer tries again", owner);
      }
    }
  }

  return {
    async send(segments) {
      const groups = [...Map.groupBy(segments, (segment) => segment.partition)];
      const offsets = await Promise.all(
        groups.map(([partition, group]) => append(partition, group.map(contentOf))),
      );
      return new Map(groups.map(([partition], i) => [partition, offsets[i] as number]));
    },
    async close() {},
  };
}

function contentOf({ workspace, body, sender }: OutgoingSegment): RecordContent {
  return { workspace, client: sender?.client, sequence: sender?.sequence.toString(), body };
}
