import { createHash, randomUUID } from "node:crypto";
import type { ServiceProcess } from "../parts/service-process.ts";
import type { System } from "../parts/start-system.ts";
import { until } from "../until.ts";

const hourMs = 3_600_000;

/** Tokens of a service account that is made for them, by names of their own. */
export interface Tokens<Name extends string> {
  revoke(name: Name): Promise<void>;
  /** Waits until an API takes exactly these: what changed is seen within a moment, not at once. */
  check(api: ServiceProcess, expected: Readonly<Record<Name, boolean>>): Promise<void>;
}

/** `hours` from now on by the harness's clock, which is Postgres's; undefined: for ever. */
export async function addTokens<Name extends string>(
  { database }: System,
  hours: Readonly<Record<Name, number | undefined>>,
): Promise<Tokens<Name>> {
  const account = randomUUID();
  const secretOf = (name: string) => `rwt_${account}-${name}`;
  await database.query(
    "INSERT INTO identity.service_account (account_id, name, created_by, creation_time) VALUES ($1, $1, 'faults', $2)",
    [account, Date.now()],
  );
  for (const [name, fromNow] of Object.entries<number | undefined>(hours))
    await database.query(
      `INSERT INTO identity.api_token (token_id, hash, owner_kind, owner_id, name, access, created_by, creation_time, expiry_time)
       VALUES ($1, $2, 'service-account', $3, $4, 'all', 'faults', $5, $6)`,
      [
        `${account}-${name}`,
        createHash("sha256").update(secretOf(name)).digest(),
        account,
        name,
        Date.now(),
        fromNow === undefined ? null : Date.now() + fromNow * hourMs,
      ],
    );
  return {
    async revoke(name) {
      await database.query("DELETE FROM identity.api_token WHERE token_id = $1", [`${account}-${name}`]);
    },
    async check(api, expected) {
      const wanted = JSON.stringify(expected);
      await until(`${api.name} takes of the tokens ${wanted}`, 10_000, async () => {
        const taken: Record<string, boolean> = {};
        for (const name of Object.keys(expected)) taken[name] = await isTaken(api, secretOf(name));
        return JSON.stringify(taken) === wanted || JSON.stringify(taken);
      });
    },
  };
}

/** Whether it is known who asks; what they may do is not the question. */
async function isTaken(api: ServiceProcess, secret: string): Promise<boolean> {
  const { status } = await fetch(`${api.url}/api/2.0/mlflow/experiments/get?experiment_id=0`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  if (![200, 401, 403].includes(status)) throw new Error(`${api.name} answered ${status} to a token`);
  return status !== 401;
}
