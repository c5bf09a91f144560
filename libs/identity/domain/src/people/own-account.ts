import type { Caller } from "../caller.ts";

/** What people change about themselves. */
export interface OwnAccount {
  rename(caller: Caller, name: string): Promise<void>;
  /** Ends the other sessions. Without a password so far (who comes by an identity provider) there is none to know. */
  changePassword(
    caller: Caller,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<void>;
}
