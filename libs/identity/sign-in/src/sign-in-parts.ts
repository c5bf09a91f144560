import type { AuditEvent, AuditLog, Caller } from "@runweir/identity-domain";
import type { Database, Queryable } from "@runweir/postgres";

/** What everything here stands on. */
export interface SignInParts {
  readonly database: Database;
  readonly clock: { now(): number };
  newId(): string;
  /** Enters something into the audit log, in the transaction that does it. */
  enter(client: Queryable, caller: Caller, event: AuditEvent): Promise<unknown>;
  /** Does what may take admins away; `failed_precondition` if a workspace had one who can sign in, and has none then. */
  keepAdmins<T>(client: Queryable, work: () => Promise<T>): Promise<T>;
  /** Gives the first administrator what there is from before anybody had to sign in; resolves with what that was, for the entry. */
  inherit(
    client: Queryable,
    heir: { readonly id: string; readonly username: string },
  ): Promise<Readonly<Record<string, number>>>;
  /** The same as `enter` in a transaction of its own. */
  readonly audit: AuditLog;
}
