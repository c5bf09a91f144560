import type { TokenScope } from "../access/rights.ts";
import type { Caller } from "../caller.ts";
import type { Page, PageRequest } from "../directory/directory-records.ts";

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

/** One of anybody's, with the name of whose it is. */
export interface OwnedToken extends ApiToken {
  readonly owner: TokenOwner & { readonly name: string };
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
  /** Everybody's, the newest first, for administrators of the server; `search` is part of the name of a token or its owner. */
  listAll(
    caller: Caller,
    request: PageRequest & { readonly owner?: TokenOwner | undefined },
  ): Promise<Page<OwnedToken>>;
  revoke(caller: Caller, owner: TokenOwner, tokenId: string): Promise<void>;
}
