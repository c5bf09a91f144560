import { decide } from "../access/decide.ts";
import { requirePermission } from "../access/require-permission.ts";
import type { Caller } from "../caller.ts";
import type { AuditEntry, AuditLog, AuditPosition } from "./audit-entry.ts";
import type { AuditFilter, AuditPerson, AuditStore, ChainProgress } from "./audit-store.ts";

/** The audit log for those who may read it: administrators of the server all of it, those of a workspace what happened there. */
export interface AuditReading {
  /** The newest first; `before` is the number of the last entry of the page before. */
  search(
    caller: Caller,
    filter: AuditFilter,
    page: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<readonly AuditEntry[]>;
  /** Who ever did something, to choose from. */
  listPeople(caller: Caller): Promise<readonly AuditPerson[]>;
  /** Whether it is the whole server's log that they read, and not one workspace's. */
  readsAll(caller: Caller): boolean;
  /** The oldest first, piece by piece; that it was taken out is entered too. */
  export(caller: Caller, filter: AuditFilter): Promise<AsyncIterable<readonly AuditEntry[]>>;
  /** A stretch of the whole chain, for who may read all of it. Goes on where one before it ended. */
  verify(
    caller: Caller,
    options: { readonly after?: AuditPosition | undefined; readonly entriesMax: number },
  ): Promise<ChainProgress>;
}

export function createAuditReading({
  store,
  log,
}: {
  readonly store: AuditStore;
  readonly log: AuditLog;
}): AuditReading {
  return {
    search: async (caller, filter, page) => store.search(scopeOf(caller), filter, page),
    listPeople: async (caller) => store.listPeople(scopeOf(caller)),
    readsAll: (caller) => scopeOf(caller) === undefined,
    async export(caller, filter) {
      const scope = scopeOf(caller);
      const object = { id: scope ?? "", name: scope ?? "everything" };
      await log.append(caller, { action: "audit.export", object, after: filter });
      return store.read(scope, filter);
    },
    async verify(caller, options) {
      requirePermission(caller, "server.manage");
      return store.verify(options);
    },
  };
}

/** The workspace whose entries are read; undefined: those of all, and of the server. */
function scopeOf(caller: Caller): string | undefined {
  if (decide(caller, "server.manage").allowed) return undefined;
  requirePermission(caller, "workspace.manage");
  return caller.workspace;
}
