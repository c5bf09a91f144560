import type { Caller } from "@runweir/identity-domain";
import { type Database, type Queryable, translateFailures } from "@runweir/postgres";
import type { SecretBox, SecretText } from "@runweir/secrets";
import { appendAudit } from "../audit/append-audit.ts";
import { checkPlace, contextOf, nameSecret, type SecretHead, type SecretPlace } from "./secret-place.ts";

/** Small texts that are kept encrypted. Who may ask for them is decided by who holds this; nothing of it goes to pages. */
export interface SecretStore {
  /** Sets it, whatever was there. */
  put(caller: Caller, place: SecretPlace, text: SecretText): Promise<void>;
  /** Undefined when there is none; `failed_precondition` when it cannot be read, saying why. */
  get(place: SecretPlace): Promise<SecretText | undefined>;
  /** The one that is there, or else this one from now on: the same for all who ask at once. */
  keep(caller: Caller, place: SecretPlace, fresh: SecretText): Promise<SecretText>;
  /** Whether there was one. */
  delete(caller: Caller, place: SecretPlace): Promise<boolean>;
}

export function createSecretStore(options: {
  readonly database: Database;
  readonly box: SecretBox;
}): SecretStore {
  const { box } = options;
  const database = translateFailures(options.database);

  /** Whether something was there before. */
  async function write(
    transaction: Queryable,
    by: string,
    place: SecretPlace,
    text: SecretText,
    onTaken: "replace" | "leave",
  ): Promise<"made" | "replaced" | "left"> {
    const { rows } = await transaction.query<{ isNew: boolean }>(
      `INSERT INTO identity.secret AS s
         (workspace, name, kid, ciphertext, creation_time, created_by, last_update_time, last_update_by)
       SELECT $1, $2, $3, $4, now.ms, $5, now.ms, $5 FROM (SELECT (extract(epoch FROM now()) * 1000)::bigint AS ms) now
       ON CONFLICT (workspace, name) ${
         onTaken === "leave"
           ? "DO NOTHING"
           : `DO UPDATE SET kid = excluded.kid, ciphertext = excluded.ciphertext,
                last_update_time = excluded.last_update_time, last_update_by = excluded.last_update_by`
       }
       RETURNING xmax = 0 AS "isNew"`,
      [place.workspace ?? "", place.name, box.kid, await box.encrypt(text, contextOf(place)), by],
    );
    const [row] = rows;
    return row === undefined ? "left" : row.isNew ? "made" : "replaced";
  }

  async function get(place: SecretPlace): Promise<SecretText | undefined> {
    const [row] = await database.query<{ ciphertext: string }>(
      "SELECT ciphertext FROM identity.secret WHERE workspace = $1 AND name = $2",
      [place.workspace ?? "", place.name],
    );
    if (row === undefined) return undefined;
    return box.decrypt(row.ciphertext, contextOf(place)).catch((error: unknown) => {
      throw nameSecret(place, error);
    });
  }

  const eventOf = (action: "secret.create" | "secret.update" | "secret.delete", place: SecretPlace) => ({
    action,
    object: { id: place.name, name: place.name },
    ...(place.workspace === undefined ? {} : { after: { workspace: place.workspace } }),
  });

  return {
    get,

    async put(caller, place, text) {
      checkPlace(place);
      await database.transaction(async (transaction) => {
        const done = await write(transaction, caller.principal.name, place, text, "replace");
        const action = done === "made" ? "secret.create" : "secret.update";
        await appendAudit(transaction, caller, eventOf(action, place));
      });
    },

    async keep(caller, place, fresh) {
      const kept = await get(place);
      if (kept !== undefined) return kept;
      checkPlace(place);
      await database.transaction(async (transaction) => {
        const done = await write(transaction, caller.principal.name, place, fresh, "leave");
        if (done === "made") await appendAudit(transaction, caller, eventOf("secret.create", place));
      });
      // Whoever was faster, and unless it was deleted at once, it is there now.
      return (await get(place)) ?? fresh;
    },

    delete: (caller, place) => deleteSecret(database, caller, place),
  };
}

/** Without a key: one that is lost must not keep what nobody can read any more. */
export function deleteSecret(
  database: Pick<Database, "transaction">,
  caller: Caller,
  place: SecretPlace,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const { rowCount } = await transaction.query(
      "DELETE FROM identity.secret WHERE workspace = $1 AND name = $2",
      [place.workspace ?? "", place.name],
    );
    if (rowCount === 0) return false;
    await appendAudit(transaction, caller, {
      action: "secret.delete",
      object: { id: place.name, name: place.name },
    });
    return true;
  });
}

/** Names and keys' ids; needs no key. */
export function listSecrets(database: Pick<Database, "query">): Promise<readonly SecretHead[]> {
  return database.query<SecretHead & Record<string, unknown>>(
    `SELECT NULLIF(workspace, '') AS workspace, name, kid, creation_time AS "creationTime", created_by AS "createdBy",
       last_update_time AS "lastUpdateTime", last_update_by AS "lastUpdateBy"
     FROM identity.secret ORDER BY identity.secret.workspace, name`,
  );
}
