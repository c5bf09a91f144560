import type { Database } from "@runweir/postgres";
import type { SecretBox } from "@runweir/secrets";
import { contextOf, nameSecret, type SecretPlace } from "./secret-place.ts";

export interface SecretRotation {
  readonly rotated: number;
  /** Under the first key already. */
  readonly current: number;
  /** What cannot be read, and so was left as it is. */
  readonly unreadable: readonly { readonly place: SecretPlace; readonly message: string }[];
}

interface OldRow {
  readonly workspace: string;
  readonly name: string;
  readonly ciphertext: string;
}

const pageRows = 100;

/**
 * Brings everything under the first key, one secret at a time: whenever it ends, the rest is left for the next time, and each
 * secret can be read before, during and after.
 */
export async function rotateSecrets(options: {
  readonly database: Pick<Database, "query">;
  readonly box: SecretBox;
  readonly onRotated?: (count: number) => void;
}): Promise<SecretRotation> {
  const { database, box, onRotated } = options;
  const unreadable: { readonly place: SecretPlace; readonly message: string }[] = [];
  let rotated = 0;
  let last = { workspace: "", name: "" };
  for (;;) {
    const rows = await database.query<OldRow & Record<string, unknown>>(
      `SELECT workspace, name, ciphertext FROM identity.secret WHERE kid <> $1 AND (workspace, name) > ($2, $3)
       ORDER BY workspace, name LIMIT $4`,
      [box.kid, last.workspace, last.name, pageRows],
    );
    for (const row of rows) {
      const place = { workspace: row.workspace === "" ? undefined : row.workspace, name: row.name };
      try {
        if (await rotateOne(database, box, place, row.ciphertext)) rotated += 1;
        onRotated?.(rotated);
      } catch (error) {
        const named = nameSecret(place, error);
        if (named === error) throw error;
        unreadable.push({ place, message: (named as Error).message });
      }
    }
    const end = rows.at(-1);
    if (end === undefined) break;
    last = end;
  }
  const [row] = await database.query<{ count: number }>(
    "SELECT count(*) FROM identity.secret WHERE kid = $1",
    [box.kid],
  );
  return { rotated, current: (row?.count ?? 0) - rotated, unreadable };
}

/** False when somebody else changed it meanwhile; then it is theirs. */
async function rotateOne(
  database: Pick<Database, "query">,
  box: SecretBox,
  place: SecretPlace,
  ciphertext: string,
): Promise<boolean> {
  const context = contextOf(place);
  const fresh = await box.encrypt(await box.decrypt(ciphertext, context), context);
  const changed = await database.query(
    `UPDATE identity.secret SET ciphertext = $4, kid = $5
     WHERE workspace = $1 AND name = $2 AND ciphertext = $3 RETURNING name`,
    [place.workspace ?? "", place.name, ciphertext, fresh, box.kid],
  );
  return changed.length > 0;
}
