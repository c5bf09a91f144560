import { createHash } from "node:crypto";
import { DomainError } from "@runweir/errors";
import type { Database } from "@runweir/postgres";

/** So many failures within so long, and then a wait until the window is over. */
export interface AttemptLimit {
  readonly max: number;
  readonly windowMs: number;
}

export interface AttemptLimits {
  readonly account: AttemptLimit;
  readonly address: AttemptLimit;
  readonly server: AttemptLimit;
}

const minute = 60_000;

/** Guessing a password takes years at this pace; people who mistype it do not notice, nor does an office behind one address. */
export const signInLimits: AttemptLimits = {
  account: { max: 10, windowMs: 15 * minute },
  address: { max: 50, windowMs: 15 * minute },
  server: { max: 300, windowMs: 5 * minute },
};

/** Links by e-mail: more would be a nuisance to whom they are sent. */
export const resetLimits: AttemptLimits = {
  account: { max: 3, windowMs: 60 * minute },
  address: { max: 20, windowMs: 60 * minute },
  server: { max: 100, windowMs: 5 * minute },
};

export interface Attempts {
  /**
   * Counts an attempt before it is made, so that a thousand at the same time are not more than as many as are allowed. Throws
   * `resource_exhausted`, with the time to wait.
   */
  take(account: string, address: string | undefined): Promise<Attempt>;
}

interface Attempt {
  /** It was no failure: forgets the account's, and does not count this one. */
  succeeded(): Promise<void>;
}

export function createAttempts(options: {
  readonly database: Pick<Database, "query">;
  readonly clock: { now(): number };
  readonly kind: string;
  readonly limits: AttemptLimits;
  /** Once in each window that is full. */
  onFull?(of: keyof AttemptLimits, account: string, address: string | undefined): Promise<void>;
}): Attempts {
  const { database, clock, kind, limits } = options;

  async function count(key: string, { max, windowMs }: AttemptLimit, onFull: () => unknown): Promise<void> {
    const now = clock.now();
    const [row] = await database.query<{ count: number; windowEnd: number }>(
      `INSERT INTO identity.attempt AS a (key, window_end, count) VALUES ($1, $2::bigint + $3, 1)
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN a.window_end <= $2 THEN 1 ELSE least(a.count, $4 + 1) + 1 END,
         window_end = CASE WHEN a.window_end <= $2 THEN $2 + $3 ELSE a.window_end END
       RETURNING count, window_end AS "windowEnd"`,
      [key, now, windowMs, max],
    );
    if (row === undefined || row.count <= max) return;
    if (row.count === max + 1) await onFull();
    const seconds = Math.max(1, Math.ceil((row.windowEnd - now) / 1_000));
    throw new DomainError(
      "resource_exhausted",
      `Too many attempts. Try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}. Whoever is signed in stays signed in.`,
      { reason: "too_many_attempts", retryAfterSeconds: seconds },
    );
  }

  return {
    // One after the other: what an address may not do any more counts neither against the account nor against everybody.
    async take(account, address) {
      const addressKey = `${kind} address ${networkOf(address)}`;
      const accountKey = `${kind} account ${createHash("sha256").update(account.toLowerCase()).digest("hex")}`;
      const serverKey = `${kind} server`;
      const full = (of: keyof AttemptLimits) => () => options.onFull?.(of, account, address);
      await count(addressKey, limits.address, full("address"));
      await count(accountKey, limits.account, full("account"));
      await count(serverKey, limits.server, full("server"));
      return {
        async succeeded() {
          await database.query(
            `WITH forgotten AS (DELETE FROM identity.attempt WHERE key = $1 OR window_end <= $4)
             UPDATE identity.attempt SET count = greatest(count - 1, 0) WHERE key IN ($2, $3) AND window_end > $4`,
            [accountKey, addressKey, serverKey, clock.now()],
          );
        },
      };
    },
  };
}

/** An IPv6 customer has a whole network of addresses; it counts as one. */
function networkOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  return [...groups, ...Array<string>(Math.max(missing, 0)).fill("0"), ...(tail ? tail.split(":") : [])]
    .slice(0, 4)
    .join(":");
}
