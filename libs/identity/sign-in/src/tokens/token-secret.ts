import { createHash, randomBytes } from "node:crypto";

/** Tells people, and programs that look for secrets that got out, what it is. */
export const tokenPrefix = "rwt_";

export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** A plain hash is enough for 256 random bits: there is nothing to guess. */
export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
