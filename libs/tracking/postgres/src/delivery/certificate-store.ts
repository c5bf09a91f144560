import type { Statements } from "@runweir/postgres";
import type { RunStore } from "@runweir/tracking-domain";

export function certificateStore(database: Statements): Pick<RunStore, "keepCertificate"> {
  return {
    async keepCertificate(workspace, runId, { batches, points, digest, issuedAt }) {
      await database.query(
        `INSERT INTO tracking.delivery_certificate AS c (run_no, batches, points, digest, issued_at)
         SELECT run_no, $3::bigint, $4::bigint, $5, $6::bigint FROM tracking.run WHERE run_id = $1 AND workspace = $2
         ON CONFLICT (run_no) DO UPDATE SET batches = EXCLUDED.batches, points = EXCLUDED.points,
           digest = EXCLUDED.digest, issued_at = EXCLUDED.issued_at
         WHERE (c.batches, c.points, c.digest) IS DISTINCT FROM (EXCLUDED.batches, EXCLUDED.points, EXCLUDED.digest)`,
        [runId, workspace, batches, points, digest, issuedAt],
      );
    },
  };
}
