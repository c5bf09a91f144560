import type { AuditEntry, AuditPosition } from "./audit-entry.ts";
import type { ChainReport } from "./verify-chain.ts";

/** What entries are looked for by; all that is given has to hold. */
export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
  /** Words, or their beginnings, in names, ids, before and after. */
  readonly text?: string | undefined;
  /** Milliseconds since 1970: not before this, and before that. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface AuditPerson {
  readonly kind: string;
  readonly id: string;
  /** As it was when they last did something. */
  readonly name: string;
}

export interface ChainProgress extends ChainReport {
  /** The end of the chain when this was read; verified as a whole when `verified` is there and `fault` is undefined. */
  readonly head: AuditPosition;
}

export interface AuditStore {
  /** Of one workspace, or of everything. */
  search(
    workspace: string | undefined,
    filter: AuditFilter,
    page: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<readonly AuditEntry[]>;
  listPeople(workspace: string | undefined): Promise<readonly AuditPerson[]>;
  read(workspace: string | undefined, filter: AuditFilter): AsyncIterable<readonly AuditEntry[]>;
  /** All as it was at one moment, at most `entriesMax` entries from where it was verified up to before. */
  verify(options: {
    readonly after?: AuditPosition | undefined;
    readonly anchors?: readonly AuditPosition[] | undefined;
    readonly entriesMax?: number | undefined;
    readonly onProgress?: ((verified: number, of: number) => void) | undefined;
  }): Promise<ChainProgress>;
}
