/**
 * 128 random bits as 32 hexadecimal digits. Not `crypto.randomUUID`: browsers have that only on https and on localhost, and a
 * team's own server is often neither.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
