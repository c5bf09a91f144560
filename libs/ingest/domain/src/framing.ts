import { ByteReader, malformed } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { crc32c } from "./crc32c.ts";

const headerLength = 10;
const formatVersion = 1;

/** Bytes 0-3 magic, 4 version, 5 reserved (0), 6-9 CRC-32C of everything from byte 10 on. */
export function startFrame(out: ByteWriter, magic: string): void {
  for (let i = 0; i < 4; i += 1) out.byte(magic.charCodeAt(i));
  out.byte(formatVersion);
  out.byte(0);
  out.reserve(4);
  out.length += 4;
}

export function finishFrame(out: ByteWriter): Uint8Array {
  out.uint32At(6, crc32c(out.bytes, headerLength, out.length));
  return out.finish().slice();
}

/** Checks magic, version and checksum, and stands at the first byte behind the header. */
export function openFrame(bytes: Uint8Array, magic: string): ByteReader {
  const source = new ByteReader(bytes, 0);
  source.need(headerLength);
  for (let i = 0; i < 4; i += 1) {
    if (source.byte() !== magic.charCodeAt(i)) throw malformed(`it does not begin with ${magic}`);
  }
  const version = source.byte();
  if (version !== formatVersion) throw malformed(`format version ${version} is unknown`);
  if (source.byte() !== 0) throw malformed("a reserved byte is set");
  const stored = source.view.getUint32(source.at, true);
  source.at = headerLength;
  if (stored !== crc32c(bytes, headerLength)) throw malformed("its checksum does not match");
  return source;
}
