import type { Caller } from "../caller.ts";
import { auditActions } from "./audit-action.ts";
import type { AuditEntry, AuditEvent, AuditPosition, Json } from "./audit-entry.ts";
import { canonical, encodingVersion, hashEntry } from "./hash-entry.ts";
import { redact, redactText } from "./redact.ts";

const textMax = 500;
/** Of before and after, each, as canonical JSON in characters. */
const detailsMax = 16_384;

/** The entry that comes next in the chain. Nothing in it can fail: what is too long is cut, and said to be. */
export function composeEntry(
  caller: Caller,
  event: AuditEvent,
  head: AuditPosition,
  time: number,
): AuditEntry {
  const { principal, origin, requestId } = caller;
  const { action, object } = event;
  const isOfWorkspace = auditActions[action].of === "workspace";
  const entry = {
    version: encodingVersion,
    sequence: head.sequence + 1,
    time,
    workspace: isOfWorkspace ? (event.workspace ?? caller.workspace) : null,
    actor: { kind: principal.kind, id: cut(principal.id), name: cut(principal.name) },
    action,
    object: {
      kind: action.slice(0, action.indexOf(".")),
      id: cut(object.id),
      name: cut(object.name ?? ""),
    },
    before: details(event.before),
    after: details(event.after),
    origin: {
      door: origin?.door ?? "inside",
      address: origin?.address === undefined ? null : cut(origin.address),
      userAgent: origin?.userAgent === undefined ? null : cut(origin.userAgent),
      requestId: cut(requestId),
      tokenId: origin?.tokenId === undefined ? null : cut(origin.tokenId),
    },
    previousHash: head.hash,
  };
  return { ...entry, hash: hashEntry(entry) };
}

function details(value: unknown): Json {
  const kept = redact(value);
  const { length } = canonical(kept);
  return length <= detailsMax ? kept : { left_out: `${length} characters; at most ${detailsMax} are kept` };
}

function cut(text: string): string {
  const whole = redactText(text);
  return whole.length <= textMax ? whole : `${whole.slice(0, textMax - 1).toWellFormed()}…`;
}
