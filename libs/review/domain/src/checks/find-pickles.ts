import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** So much of what is compressed is looked at. */
const unpackedMax = 256 * 1024 * 1024;

export type Pickles =
  | { readonly pickles: readonly Uint8Array[] }
  /** Why nobody can say what is in it. */
  | { readonly trouble: string };

/** The pickles of a file: itself, what it is when unpacked, or those within an archive as PyTorch writes it. */
export function findPickles(bytes: Uint8Array): Pickles {
  const [first, second] = bytes;
  try {
    if (first === 0x50 && second === 0x4b) return findInArchive(Buffer.from(bytes));
    if (first === 0x1f && second === 0x8b)
      return { pickles: [gunzipSync(bytes, { maxOutputLength: unpackedMax })] };
    if (first === 0x78) return { pickles: [inflateSync(bytes, { maxOutputLength: unpackedMax })] };
  } catch (error) {
    return { trouble: `it cannot be unpacked: ${error instanceof Error ? error.message : String(error)}` };
  }
  return { pickles: [bytes] };
}

/** Goes by the entries' own headers, since the directory at the end may be further away than is read. */
function findInArchive(bytes: Buffer): Pickles {
  const pickles: Uint8Array[] = [];
  let at = 0;
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    const flags = bytes.readUInt16LE(at + 6);
    const method = bytes.readUInt16LE(at + 8);
    const packed = bytes.readUInt32LE(at + 18);
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
    const start = nameEnd + bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 30, nameEnd);
    if ((flags & 8) !== 0 && packed === 0)
      return { trouble: `entry '${name}' of the archive does not say how long it is` };
    if (/\.(pkl|pickle)$/i.test(name)) {
      if (start + packed > bytes.length) return { trouble: `entry '${name}' is longer than is read` };
      const content = bytes.subarray(start, start + packed);
      if (method !== 0 && method !== 8) return { trouble: `entry '${name}' is packed in an unknown way` };
      pickles.push(method === 0 ? content : inflateRawSync(content, { maxOutputLength: unpackedMax }));
    }
    at = start + packed;
  }
  if (pickles.length === 0) return { trouble: "no pickle was found at the beginning of the archive" };
  return { pickles };
}
