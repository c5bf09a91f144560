import type { DuckDb } from "@runweir/duckdb";
import type { PlannedPart } from "@runweir/transfer-domain";

type Row = {
  readonly e0: bigint;
  readonly k0: string;
  readonly r0: number;
  readonly e1: bigint;
  readonly k1: string;
  readonly r1: number;
  readonly n: bigint;
};

/** Cuts the points, in their order, into files of about this many: between two series, never within one. */
export async function planPoints(
  duckdb: DuckDb,
  where: string,
  pointsPerFile: number,
): Promise<readonly PlannedPart[]> {
  const rows = await duckdb.query<Row>(
    `SELECT min(s).e AS e0, min(s).k AS k0, min(s).r AS r0, max(s).e AS e1, max(s).k AS k1, max(s).r AS r1,
       sum(n)::BIGINT AS n
     FROM (
       SELECT struct_pack(e := experiment_id, k := key, r := run_no) AS s, n,
         ((sum(n) OVER (ORDER BY experiment_id, key, run_no) - n) / ${pointsPerFile})::DOUBLE AS place
       FROM metric_summary WHERE ${where}
     ) GROUP BY floor(place) ORDER BY floor(place)`,
  );
  return rows.map((row) => ({
    from: [Number(row.e0), row.k0, row.r0],
    to: [Number(row.e1), row.k1, row.r1],
    rows: Number(row.n),
  }));
}
