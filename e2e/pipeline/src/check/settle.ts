import type { System } from "../parts/start-system.ts";
import { until } from "../until.ts";
import { readEnds, readPositions, recordsBehind } from "./positions.ts";

/** Waits until everything acknowledged is applied and folded: without anybody's help, so a limit is part of R. */
export async function settle(system: System, limitMs: number): Promise<void> {
  await until("every acknowledged record is applied (R)", limitMs, async () => {
    try {
      const [ends, positions] = [await readEnds(system), await readPositions(system)];
      const behind = recordsBehind(ends, positions);
      return behind === 0 || `${behind} records to go`;
    } catch (error) {
      return (error as Error).message;
    }
  });
  await until("everything applied is folded (R)", limitMs, async () => {
    try {
      const [row] = await system.database.query<{ segments: number }>(
        "SELECT sum(s.last_seq - f.folded_seq)::bigint AS segments FROM tracking.metric_shard s JOIN tracking.fold_position f USING (shard)",
      );
      return row?.segments === 0 || `${row?.segments} segments to go`;
    } catch (error) {
      return (error as Error).message;
    }
  });
}
