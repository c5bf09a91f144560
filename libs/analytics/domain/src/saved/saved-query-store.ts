import type { Principal } from "@runweir/identity-domain";
import type { QueryLink, SavedQuery } from "./saved-query.ts";

export interface SavedQueryStore {
  /** Of this owner and shared ones, changed last first; with `search`, those whose name or text has it in it. */
  list(
    workspace: string,
    owner: Principal,
    options: { readonly search?: string | undefined; readonly limit: number },
  ): Promise<readonly SavedQuery[]>;
  count(workspace: string, owner: Principal): Promise<number>;
  find(workspace: string, queryId: string): Promise<SavedQuery | undefined>;
  /** `already_exists` when this owner has one of that name. */
  insert(workspace: string, query: SavedQuery): Promise<void>;
  /** False when the stored one no longer has the version before this one's. */
  replace(workspace: string, query: SavedQuery): Promise<boolean>;
  remove(workspace: string, queryId: string, version: number): Promise<boolean>;
  /** `token` is never stored, only its hash. */
  insertLink(workspace: string, link: QueryLink, tokenHash: Uint8Array): Promise<void>;
  listLinks(workspace: string, queryId: string): Promise<readonly QueryLink[]>;
  removeLink(workspace: string, queryId: string, linkId: string): Promise<boolean>;
  findLinked(workspace: string, tokenHash: Uint8Array, now: number): Promise<SavedQuery | undefined>;
}
