import type { TokenScope } from "../access/rights.ts";
import type { Caller } from "../caller.ts";

export interface TokenOwner {
  readonly kind: "user" | "service-account";
  readonly id: string;
}

/** An API token without its secret, which is shown once and never kept. */
export interface ApiToken {
  readonly tokenId: string;
  readonly name: string;
  readonly scope: TokenScope;
  /** Good for this workspace only. */
  readonly workspace: string | undefined;
  readonly creationTime: number;
  readonly expiryTime: number | undefined;
  /** To the minute. */
  readonly lastUsedTime: number | undefined;
}

export interface NewToken {
  readonly name: string;
  readonly scope: TokenScope;
  readonly workspace?: string | undefined;
  readonly expiryTime?: number | undefined;
}

/** Tokens of oneself, and for administrators of the server those of everybody and of service accounts. */
export interface ApiTokens {
  create(
    caller: Caller,
    owner: TokenOwner,
    token: NewToken,
  ): Promise<{ readonly token: ApiToken; readonly secret: string }>;
  list(caller: Caller, owner: TokenOwner): Promise<readonly ApiToken[]>;
  revoke(caller: Caller, owner: TokenOwner, tokenId: string): Promise<void>;
}
