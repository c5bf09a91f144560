import { createHash } from "node:crypto";
import type { AuditEntry, Json } from "./audit-entry.ts";

export const encodingVersion = 1;

/** What the first entry has for the hash of the one before: 32 bytes of zero. */
export const genesisHash = "0".repeat(64);

/**
 * `hash = SHA-256(previousHash || canonical entry)`: 32 bytes, then those of `encodeEntry`.
 *
 * Encoding version 1: the UTF-8 of one JSON array with exactly these members in this order, written as RFC 8785 (JSON
 * Canonicalization Scheme) says: no white space, members of objects in the order of their UTF-16 code units, numbers and
 * texts as ECMAScript's `JSON.stringify` writes them.
 *
 *     [version, sequence, time, workspace, actor.kind, actor.id, actor.name, action, object.kind, object.id, object.name,
 *      before, after, door, address, userAgent, requestId, tokenId]
 *
 * Another encoding gets another version; entries keep the one they were written with.
 */
export function hashEntry(entry: Omit<AuditEntry, "hash">): string {
  return createHash("sha256")
    .update(Buffer.from(entry.previousHash, "hex"))
    .update(encodeEntry(entry))
    .digest("hex");
}

export function encodeEntry(entry: Omit<AuditEntry, "hash" | "previousHash">): string {
  const { actor, object, origin } = entry;
  return canonical([
    entry.version,
    entry.sequence,
    entry.time,
    entry.workspace,
    actor.kind,
    actor.id,
    actor.name,
    entry.action,
    object.kind,
    object.id,
    object.name,
    entry.before,
    entry.after,
    origin.door,
    origin.address,
    origin.userAgent,
    origin.requestId,
    origin.tokenId,
  ]);
}

export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const object = value as { readonly [key: string]: Json };
  // Without a comparison of its own `sort` goes by code units, as the scheme asks.
  const members = Object.keys(object).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(object[key] ?? null)}`).join(",")}}`;
}
