import { type Caller, createDirectory, type Rights } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createDirectoryStore } from "../src/directory/directory-store.ts";
import { identityMigrations } from "../src/migrations-folder.ts";
import { createRightsReader } from "../src/rights/rights-reader.ts";

/** A directory over a database of its own; experiments 1 to 9 are called `mnist-1` and so on. */
export async function startDirectory() {
  const database = await createTestDatabase([identityMigrations]);
  const rights = createRightsReader({ database });
  let count = 0;
  const directory = createDirectory({
    store: createDirectoryStore({ database }),
    rights,
    experimentNames: async (_workspace, ids) =>
      new Map(ids.filter((id) => /^[1-9]$/.test(id)).map((id) => [id, `mnist-${id}`])),
    clock: { now: () => 1_000_000 + count },
    newId: () => {
      count += 1;
      return `id-${count}`;
    },
  });

  return {
    database,
    directory,
    async addUser(
      name: string,
      more: { readonly administrator?: boolean; readonly disabled?: boolean } = {},
    ) {
      await database.query(
        'INSERT INTO identity."user" (id, username, name, is_administrator, is_disabled) VALUES ($1, $2, $3, $4, $5)',
        [`u-${name}`, name, `The ${name}`, more.administrator ?? false, more.disabled ?? false],
      );
      return { kind: "user", id: `u-${name}` } as const;
    },
    /** A user as their next request would find them. */
    async as(name: string, workspace = "default"): Promise<Caller> {
      const principal = { kind: "user", id: `u-${name}`, name } as const;
      const [user] = await database.query<{ is_administrator: boolean }>(
        'SELECT is_administrator FROM identity."user" WHERE id = $1',
        [principal.id],
      );
      const read = await rights.read(principal, workspace);
      const held: Rights = {
        ...(read ?? { role: undefined, grants: [], protectedAliases: [] }),
        administrator: user?.is_administrator ?? false,
      };
      return { principal, workspace, rights: held, requestId: "request" };
    },
    async clear() {
      await database.query(
        `TRUNCATE identity.workspace_member, identity.access_grant, identity.group_member, identity.user_group,
           identity.service_account, identity."user" CASCADE`,
      );
      await database.query("DELETE FROM identity.workspace WHERE name <> 'default'");
      await database.query("UPDATE identity.workspace SET default_role = NULL, protected_aliases = '{}'");
    },
  };
}
