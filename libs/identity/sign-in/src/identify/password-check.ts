import { createHmac, randomBytes } from "node:crypto";
import { RecentValues } from "@runweir/identity-domain";
import type { Database } from "@runweir/postgres";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import type { Attempts } from "../attempts/attempts.ts";
import { bySignInName, type UserRow, userColumns, userTables } from "../people/user-rows.ts";

const rememberedMax = 10_000;
/** Each takes a processor for tens of milliseconds; more at once would stop everything else in the process. */
const verificationsMax = 2;

/** The user, if name (or e-mail address) and password are right; throws `resource_exhausted` after too many failures. */
export type PasswordCheck = (
  name: string,
  password: string,
  address: string | undefined,
) => Promise<UserRow | undefined>;

/**
 * A password that was right is remembered for as long as the hash that it was right for is the user's: as a keyed hash with a
 * key that never leaves the process.
 */
export function createPasswordCheck(options: {
  readonly database: Pick<Database, "query">;
  readonly attempts: Attempts;
}): PasswordCheck {
  const { database, attempts } = options;
  const key = randomBytes(32);
  const remembered = new RecentValues<string>(rememberedMax);
  const waiting: (() => void)[] = [];
  let running = 0;

  async function verify(hash: string | null, password: string): Promise<boolean> {
    if (running >= verificationsMax) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      // Who is not there takes as long to refuse as who is.
      if (hash === null) await hashPassword(password);
      return hash !== null && (await verifyPassword({ hash, password }));
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  return async (name, password, address) => {
    const [user] = await database.query<UserRow & Record<string, unknown>>(
      `SELECT ${userColumns} FROM ${userTables} WHERE ${bySignInName}`,
      [name],
    );
    const hash = user?.hash ?? null;
    const mark = createHmac("sha256", key).update(`${user?.id}\0${password}`).digest("base64");
    if (hash === null || remembered.get(mark) !== hash) {
      const attempt = await attempts.take(user?.id ?? name, address);
      if (!(await verify(hash, password))) return undefined;
      await attempt.succeeded();
      remembered.set(mark, hash as string);
    }
    // Only who knows the password learns that the account is disabled, and only by not getting in.
    return user?.isDisabled ? undefined : user;
  };
}
