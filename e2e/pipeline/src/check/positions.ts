import { shardCount } from "@runweir/ingest-domain";
import type { System } from "../parts/start-system.ts";

export type Positions = ReadonlyMap<number, number>;

/** Up to where each partition is applied. */
export async function readPositions({ database, topic }: System): Promise<Positions> {
  const rows = await database.query<{ shard: number; next_offset: number }>(
    "SELECT shard, next_offset FROM tracking.ingest_position WHERE source = $1",
    [topic.source],
  );
  return new Map(rows.map((row) => [row.shard, row.next_offset]));
}

/** The end of each partition, as the broker says. */
export async function readEnds({ admin, topic }: System): Promise<Positions> {
  const offsets = await admin.fetchTopicOffsets(topic.topic);
  return new Map(offsets.map((one) => [one.partition, Number(one.high)]));
}

/** Records that are acknowledged and not yet applied. */
export function recordsBehind(ends: Positions, positions: Positions): number {
  let behind = 0;
  for (const [partition, end] of ends) behind += Math.max(0, end - (positions.get(partition) ?? 0));
  return behind;
}

/** Looks at the positions all the time; `violations` says where one went back, or beyond what the broker has. */
export function watchPositions(system: System): {
  readonly violations: string[];
  stop(): Promise<void>;
} {
  const violations: string[] = [];
  const last = new Map<number, number>();
  let stopped = false;
  const looking = (async () => {
    while (!stopped) {
      const positions = await readPositions(system).catch(() => undefined);
      for (const [partition, next] of positions ?? []) {
        const before = last.get(partition) ?? 0;
        if (next < before) violations.push(`M: partition ${partition} went back from ${before} to ${next}`);
        if (partition < 0 || partition >= shardCount) violations.push(`M: there is a partition ${partition}`);
        last.set(partition, next);
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  })();
  return {
    violations,
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
