import type { System } from "../parts/start-system.ts";
import { until } from "../until.ts";

/** Waits until so many requests for a run are in Postgres, and so many of them were recognised as repeated: no more, no less. */
export async function awaitDelivery(
  { database }: System,
  runId: string,
  expected: { readonly stored: number; readonly repeated: number },
): Promise<void> {
  const wanted = `${expected.stored} stored, ${expected.repeated} repeated`;
  await until(`of the requests for run ${runId} are ${wanted}`, 30_000, async () => {
    const [row] = await database.query<{ stored: number; repeated: number }>(
      `SELECT d.segments AS stored, d.repeated_segments AS repeated
       FROM tracking.run_delivery d JOIN tracking.run r USING (run_no) WHERE r.run_id = $1`,
      [runId],
    );
    const seen = `${row?.stored ?? 0} stored, ${row?.repeated ?? 0} repeated`;
    return seen === wanted || seen;
  });
}
