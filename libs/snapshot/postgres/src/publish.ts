import type { Queryable } from "@runweir/postgres";
import type { Publication } from "@runweir/snapshot-domain";

/** Makes the snapshot the current one; false when the one before it is not the current one any more. */
export async function publish(
  client: Queryable,
  workspace: string,
  publication: Publication & { readonly position: readonly number[] },
): Promise<boolean> {
  const { seq } = publication;
  const { rowCount } =
    seq === 1
      ? await client.query(
          "INSERT INTO snapshot.current (workspace, seq) VALUES ($1, 1) ON CONFLICT DO NOTHING",
          [workspace],
        )
      : await client.query(
          "UPDATE snapshot.current SET seq = $2 WHERE workspace = $1 AND seq = $2::bigint - 1",
          [workspace, seq],
        );
  if (rowCount !== 1) return false;
  await client.query(
    `INSERT INTO snapshot.snapshot (workspace, seq, manifest_path, manifest_sha256, position)
     VALUES ($1, $2, $3, $4, $5)`,
    [
      workspace,
      seq,
      publication.manifestPath,
      publication.manifestSha256,
      JSON.stringify(publication.position),
    ],
  );
  await client.query(
    `UPDATE snapshot.file SET last_seq = $2::bigint - 1
     WHERE workspace = $1 AND last_seq IS NULL AND ($3::text[] IS NULL OR path = ANY ($3))`,
    [workspace, seq, publication.dropped === "all" ? null : publication.dropped],
  );
  await client.query(
    `INSERT INTO snapshot.file (workspace, path, first_seq) SELECT $1, path, $2 FROM unnest($3::text[]) AS path`,
    [workspace, seq, publication.added],
  );
  await hideRuns(client, workspace, publication);
  return true;
}

async function hideRuns(client: Queryable, workspace: string, publication: Publication): Promise<void> {
  const { seq } = publication;
  if (publication.anew) {
    // Which deleted runs the older ones hold is not known: what happened meanwhile was not recorded.
    await client.query(
      "UPDATE snapshot.snapshot SET retired_at = now() WHERE workspace = $1 AND seq < $2 AND retired_at IS NULL",
      [workspace, seq],
    );
    await client.query("DELETE FROM snapshot.hidden_run WHERE workspace = $1", [workspace]);
    return;
  }
  await client.query("DELETE FROM snapshot.hidden_run WHERE workspace = $1 AND run_no = ANY ($2::bigint[])", [
    workspace,
    publication.restored,
  ]);
  await client.query(
    `INSERT INTO snapshot.hidden_run (workspace, run_no, since_seq) SELECT $1, run_no, $2 FROM unnest($3::bigint[]) AS run_no
     ON CONFLICT DO NOTHING`,
    [workspace, seq, publication.gone],
  );
  if (publication.purged)
    await client.query(
      "UPDATE snapshot.hidden_run SET purged_seq = $2 WHERE workspace = $1 AND purged_seq IS NULL",
      [workspace, seq],
    );
}
