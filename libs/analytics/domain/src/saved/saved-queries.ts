import { createHash } from "node:crypto";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import { checkDraft } from "./check-draft.ts";
import type { QueryDraft, QueryLink, SavedQuery } from "./saved-query.ts";
import type { SavedQueryStore } from "./saved-query-store.ts";

/** What is absent or undefined stays. */
type DraftChanges = { readonly [Field in keyof QueryDraft]?: QueryDraft[Field] | undefined };

/** Queries that people keep. What is neither one's own nor shared is `not_found`. */
export interface SavedQueries {
  list(caller: Caller, options?: { readonly search?: string | undefined }): Promise<readonly SavedQuery[]>;
  get(caller: Caller, queryId: string): Promise<SavedQuery>;
  create(caller: Caller, draft: QueryDraft): Promise<SavedQuery>;
  /** `conflict` when it is no longer of the version that the caller has seen. */
  update(
    caller: Caller,
    change: { readonly queryId: string; readonly version: number } & DraftChanges,
  ): Promise<SavedQuery>;
  delete(caller: Caller, seen: { readonly queryId: string; readonly version: number }): Promise<void>;
  /** The token is told once; only whoever has it finds the query by it. */
  createLink(
    caller: Caller,
    link: { readonly queryId: string; readonly seconds?: number | undefined },
  ): Promise<{ readonly token: string; readonly link: QueryLink }>;
  listLinks(caller: Caller, queryId: string): Promise<readonly QueryLink[]>;
  deleteLink(caller: Caller, link: { readonly queryId: string; readonly linkId: string }): Promise<void>;
  openLink(caller: Caller, token: string): Promise<SavedQuery>;
}

export const savedQueriesMax = 2_000;

export function createSavedQueries(options: {
  readonly store: SavedQueryStore;
  readonly clock: { now(): number };
  readonly newId: () => string;
  /** At least 128 bits of chance, in characters of a URL. */
  readonly newToken: () => string;
}): SavedQueries {
  const { store, clock } = options;

  async function get(caller: Caller, queryId: string): Promise<SavedQuery> {
    const query = await store.find(caller.workspace, queryId);
    if (query === undefined || !(query.isShared || isOwner(caller, query))) throw missing(queryId);
    return query;
  }

  async function getOwn(caller: Caller, queryId: string, what: string): Promise<SavedQuery> {
    const query = await get(caller, queryId);
    if (isOwner(caller, query)) return query;
    throw new DomainError("permission_denied", `Only ${query.owner.name} may ${what} '${query.name}'.`, {
      reason: "not_owner",
    });
  }

  /** Whoever was faster: said with their name, so that people can talk. */
  async function conflict(caller: Caller, queryId: string): Promise<DomainError> {
    const { name, lastUpdateBy, version } = await get(caller, queryId);
    const message = `${lastUpdateBy} has changed '${name}' meanwhile: it is at version ${version} now. Load it again to see how.`;
    return new DomainError("conflict", message, { field: "version", reason: "version" });
  }

  return {
    get,
    list: ({ workspace, principal }, { search } = {}) =>
      store.list(workspace, principal, {
        search: search === "" ? undefined : search,
        limit: savedQueriesMax,
      }),

    async create(caller, draft) {
      checkDraft(draft);
      const { workspace, principal } = caller;
      if ((await store.count(workspace, principal)) >= savedQueriesMax)
        throw new DomainError(
          "resource_exhausted",
          `You have ${savedQueriesMax} saved queries; that is the most allowed. Delete some first.`,
        );
      const now = clock.now();
      const query: SavedQuery = {
        ...pickDraft(draft),
        queryId: options.newId(),
        owner: principal,
        version: 1,
        creationTime: now,
        lastUpdateTime: now,
        lastUpdateBy: principal.name,
      };
      await store.insert(workspace, query);
      return query;
    },

    async update(caller, { queryId, version, ...changes }) {
      const query = await get(caller, queryId);
      if (changes.isShared === false && query.isShared) await getOwn(caller, queryId, "take back");
      const changed: SavedQuery = {
        ...query,
        ...pickDraft({ ...query, ...definedOf(changes) }),
        version: version + 1,
        lastUpdateTime: clock.now(),
        lastUpdateBy: caller.principal.name,
      };
      checkDraft(changed);
      if (query.version !== version || !(await store.replace(caller.workspace, changed)))
        throw await conflict(caller, queryId);
      return changed;
    },

    async delete(caller, { queryId, version }) {
      const query = await getOwn(caller, queryId, "delete");
      if (query.version !== version || !(await store.remove(caller.workspace, queryId, version)))
        throw await conflict(caller, queryId);
    },

    async createLink(caller, { queryId, seconds }) {
      await get(caller, queryId);
      const token = options.newToken();
      const now = clock.now();
      const link: QueryLink = {
        linkId: options.newId(),
        queryId,
        creationTime: now,
        expiryTime: seconds === undefined ? null : now + seconds * 1_000,
      };
      await store.insertLink(caller.workspace, link, hashOf(token));
      return { token, link };
    },

    async listLinks(caller, queryId) {
      await get(caller, queryId);
      return store.listLinks(caller.workspace, queryId);
    },

    async deleteLink(caller, { queryId, linkId }) {
      await get(caller, queryId);
      if (!(await store.removeLink(caller.workspace, queryId, linkId)))
        throw new DomainError("not_found", `There is no link '${linkId}' to this query.`, {
          field: "linkId",
        });
    },

    async openLink({ workspace }, token) {
      const query = await store.findLinked(workspace, hashOf(token), clock.now());
      if (query !== undefined) return query;
      throw new DomainError("not_found", "This link leads nowhere: it has ended or was taken back.", {
        field: "token",
      });
    },
  };
}

function isOwner({ principal }: Caller, { owner }: SavedQuery): boolean {
  return principal.kind === owner.kind && principal.id === owner.id;
}

function pickDraft({ name, description, sql, parameters, isShared }: QueryDraft): QueryDraft {
  return { name, description, sql, parameters, isShared };
}

function definedOf(changes: DraftChanges): Partial<QueryDraft> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

function missing(queryId: string): DomainError {
  return new DomainError("not_found", `There is no saved query '${queryId}'.`, { field: "queryId" });
}
