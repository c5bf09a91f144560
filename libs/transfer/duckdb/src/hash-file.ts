import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat } from "node:fs/promises";

export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(part as Buffer);
  return hash.digest("hex");
}

/** What is wrong with a file; undefined when it is what was written. Links are not followed: they are nothing we made. */
export async function findDamage(
  path: string,
  expected: { readonly bytes: number; readonly sha256: string },
): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return "is missing";
  if (!found.isFile()) return "is no file";
  if (found.size !== expected.bytes) return `has ${found.size} bytes instead of ${expected.bytes}`;
  if ((await hashFile(path)) !== expected.sha256) return "is not as it was written: its checksum differs";
  return undefined;
}
