import type { Database } from "@runweir/postgres";
import { Gauge, type Registry } from "prom-client";

/** What folding has still to do, asked for when somebody looks. */
export function trackBacklog(registry: Registry, database: Database): void {
  const registers = [registry];
  const segments = new Gauge({
    name: "runweir_ingest_segments_waiting",
    help: "Segments that folding has not merged yet.",
    registers,
  });
  new Gauge({
    name: "runweir_ingest_unfolded_bytes",
    help: "Encoded bytes that folding has not merged yet.",
    registers,
    async collect() {
      const [row] = await database
        .query<{ segments: number; bytes: number }>(
          `SELECT sum(s.last_seq - f.folded_seq)::bigint AS segments, sum(s.written_bytes - f.folded_bytes)::bigint AS bytes
           FROM tracking.metric_shard s JOIN tracking.fold_position f USING (shard)`,
        )
        .catch(() => []);
      if (!row) return;
      segments.set(row.segments);
      this.set(row.bytes);
    },
  });
}
