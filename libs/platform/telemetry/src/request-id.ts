import { randomBytes } from "node:crypto";

const acceptable = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * The caller's own id when it is sane (it ends up in logs, headers and pages, so only a narrow alphabet and at most 64
 * characters), else a fresh one.
 */
export function acceptRequestId(proposed: unknown): string {
  return typeof proposed === "string" && acceptable.test(proposed) ? proposed : newRequestId();
}

/** 16 hex digits: short enough to read out, long enough not to meet again in a log. */
export function newRequestId(): string {
  return randomBytes(8).toString("hex");
}
