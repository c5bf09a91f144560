import type { Caller } from "../caller.ts";

/** Where somebody is signed in with a browser. */
export interface Session {
  readonly sessionId: string;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly creationTime: number;
  /** To the minute. */
  readonly lastUsedTime: number;
  readonly expiryTime: number;
}

/** The caller's own sessions, and for administrators of the server those of others; never for who comes with a token. */
export interface Sessions {
  list(caller: Caller): Promise<readonly Session[]>;
  revoke(caller: Caller, sessionId: string): Promise<void>;
  /** Everywhere, this one included. */
  revokeAll(caller: Caller): Promise<void>;
  listOf(caller: Caller, userId: string): Promise<readonly Session[]>;
  revokeAllOf(caller: Caller, userId: string): Promise<void>;
}
