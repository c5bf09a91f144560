import { createHash, hkdfSync } from "node:crypto";
import { DomainError } from "@runweir/errors";

/** One secret of the installation. It leaves only as keys that are derived from it, each for one purpose. */
export interface InstanceKey {
  /** Names the key without telling anything of it. */
  readonly kid: string;
  /** The same bytes every time for the same purpose, and unrelated ones for another (HKDF with SHA-256, RFC 5869). */
  derive(purpose: string, bytes?: number): Uint8Array;
}

/** The first is used for all that is new; the others only read what is old. */
export type InstanceKeys = readonly [InstanceKey, ...InstanceKey[]];

const bytesMin = 32;
const howToMake = "Make one with: openssl rand -base64 32";

/** Keys in base64, separated by white space or commas. `where` names the place for whoever has to correct it. */
export function parseInstanceKeys(text: string, where: string): InstanceKeys {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const [first, ...others] = words.map((word, place) => {
    const which = words.length > 1 ? `Key ${place + 1} of ${where}` : where;
    return createInstanceKey(decodeKey(word, which));
  });
  if (first === undefined)
    throw refused(`${where} is empty; at least one key of ${bytesMin} bytes is needed. ${howToMake}`);
  return [first, ...others];
}

/** The words of a wrong key are not repeated: they are nearly one. */
function decodeKey(word: string, which: string): Uint8Array {
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(word);
  if (!isBase64) throw refused(`${which} is not base64. ${howToMake}`);
  const key = Buffer.from(word, "base64");
  if (key.length < bytesMin)
    throw refused(`${which} has ${key.length} bytes; at least ${bytesMin} are needed. ${howToMake}`);
  if (new Set(key).size < bytesMin / 2)
    throw refused(`${which} is not random: it repeats few bytes. ${howToMake}`);
  return key;
}

function createInstanceKey(key: Uint8Array): InstanceKey {
  const derive = (purpose: string, bytes = 32) =>
    new Uint8Array(hkdfSync("sha256", key, "", `runweir ${purpose}`, bytes));
  const kid = createHash("sha256").update(derive("key id")).digest("hex").slice(0, 12);
  return { kid, derive };
}

function refused(message: string): DomainError {
  return new DomainError("invalid_argument", message, { reason: "environment" });
}
