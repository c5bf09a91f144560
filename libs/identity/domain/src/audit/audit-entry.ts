import type { Caller } from "../caller.ts";
import type { AuditAction } from "./audit-action.ts";

/** What is to be entered; who, from where and when come from the caller and the log. */
export interface AuditEvent {
  readonly action: AuditAction;
  /** What it was done to; `name` as people know it, and as it was before where it was renamed. */
  readonly object: { readonly id: string; readonly name?: string | undefined };
  /** Where it happened, for actions of workspaces; the caller's unless told. */
  readonly workspace?: string | undefined;
  /** What changed, as plain values: only the fields that did. Secrets among them are left out (`redact`). */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One entry as it is kept. Nothing is undefined: what is not known is null, so that the bytes that are hashed are sure. */
export interface AuditEntry {
  /** Of the encoding that is hashed. */
  readonly version: number;
  /** 1, 2, 3, ... without gaps over the whole server. */
  readonly sequence: number;
  /** Milliseconds since 1970; never less than the one of the entry before. */
  readonly time: number;
  /** Null for what concerns the whole server. */
  readonly workspace: string | null;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  /** Of `auditActions`, or one that a later version of the product knows. */
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string; readonly name: string };
  readonly before: Json;
  readonly after: Json;
  readonly origin: {
    readonly door: string;
    readonly address: string | null;
    readonly userAgent: string | null;
    readonly requestId: string;
    readonly tokenId: string | null;
  };
  /** Of the entry before, in hexadecimal. */
  readonly previousHash: string;
  readonly hash: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A place in the chain. Noted elsewhere, it proves later that nothing up to it was changed or taken away. */
export interface AuditPosition {
  readonly sequence: number;
  readonly hash: string;
}

export interface AuditLog {
  /**
   * Enters something in a transaction of its own, for what happened outside of one. Whoever changes tables enters it in the
   * same transaction instead (`appendAudit` of identity-postgres).
   */
  append(caller: Caller, event: AuditEvent): Promise<AuditPosition>;
}
