import { countQueriesOf, passOnQueries } from "@runweir/analytics-postgres";
import { localOwner } from "@runweir/identity-domain";
import { becomeAdmin } from "@runweir/identity-postgres";
import type { Queryable } from "@runweir/postgres";
import { countModels } from "@runweir/registry-postgres";
import { countTracked } from "@runweir/tracking-postgres";

/** What there is from before anybody had to sign in; undefined: nothing. */
export interface Inheritance {
  readonly experiments: number;
  readonly runs: number;
  readonly models: number;
  readonly queries: number;
}

const { principal: local } = localOwner("");

export async function findInheritance(client: Queryable): Promise<Inheritance | undefined> {
  const { experiments, runs } = await countTracked(client);
  const models = await countModels(client);
  const queries = await countQueriesOf(client, local);
  return experiments + runs + models + queries === 0 ? undefined : { experiments, runs, models, queries };
}

/** Makes the first administrator the owner of all that the local owner had; resolves with what that was. */
export async function inherit(
  client: Queryable,
  heir: { readonly id: string; readonly username: string },
  now: number,
): Promise<Inheritance | undefined> {
  const found = await findInheritance(client);
  if (found === undefined) return undefined;
  await passOnQueries(client, local, { kind: "user", id: heir.id, name: heir.username });
  await becomeAdmin(client, heir.id, now);
  return found;
}
