/** Lists of names seen lately, by their encoded bytes. A run says the same names with every step. */
export interface NameMemory {
  /** The names that these bytes were read as before, as the very same array. */
  recall(bytes: Uint8Array): readonly string[] | undefined;
  remember(bytes: Uint8Array, names: readonly string[]): void;
}

const listsMax = 256;
const bytesMax = 8 * 2 ** 20;

/** Holds at most 256 lists and 8 MiB of encoded names; starts anew when that is full. */
export function createNameMemory(): NameMemory {
  const lists = new Map<number, { readonly bytes: Uint8Array; readonly names: readonly string[] }>();
  let held = 0;
  return {
    recall(bytes) {
      const found = lists.get(sample(bytes));
      return found && equal(found.bytes, bytes) ? found.names : undefined;
    },
    remember(bytes, names) {
      if (bytes.length > bytesMax / 8) return;
      if (lists.size >= listsMax || held + bytes.length > bytesMax) {
        lists.clear();
        held = 0;
      }
      const place = sample(bytes);
      held += bytes.length - (lists.get(place)?.bytes.length ?? 0);
      lists.set(place, { bytes: bytes.slice(), names });
    },
  };
}

/** A number that few other lists have: of the length and of some bytes. */
function sample(bytes: Uint8Array): number {
  let hash = bytes.length;
  const stride = Math.max(1, bytes.length >>> 6);
  for (let i = 0; i < bytes.length; i += stride) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  return Buffer.compare(a, b) === 0;
}
