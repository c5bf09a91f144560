import { type ByteReader, malformed } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { freshFloats } from "./column-memory.ts";

const allDouble = 0;
const allSingle = 1;
const mixed = 2;

/**
 * Writes float64 values grouped into series. A series whose values all survive a trip through float32 takes 4 bytes per
 * value, else 8; a bitmap tells the series apart when both kinds occur.
 */
export function writeValues(out: ByteWriter, values: Float64Array, offsets: Uint32Array): void {
  const seriesCount = offsets.length - 1;
  const single = new Uint8Array(seriesCount);
  let singles = 0;
  for (let series = 0; series < seriesCount; series += 1) {
    if (!isSingle(values, offsets[series] as number, offsets[series + 1] as number)) continue;
    single[series] = 1;
    singles += 1;
  }
  out.reserve(1 + Math.ceil(seriesCount / 8) + values.length * 8);
  out.byte(singles === 0 ? allDouble : singles === seriesCount ? allSingle : mixed);
  if (singles > 0 && singles < seriesCount) writeBitmap(out, single);
  for (let series = 0; series < seriesCount; series += 1) {
    const [start, end] = [offsets[series] as number, offsets[series + 1] as number];
    if (single[series] === 1) out.float32s(values, start, end);
    else out.float64s(values, start, end);
  }
}

function isSingle(values: Float64Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    const value = values[i] as number;
    if (Math.fround(value) !== value && !Number.isNaN(value)) return false;
  }
  return true;
}

function writeBitmap(out: ByteWriter, flags: Uint8Array): void {
  for (let start = 0; start < flags.length; start += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8 && start + bit < flags.length; bit += 1) {
      byte |= (flags[start + bit] as number) << bit;
    }
    out.byte(byte);
  }
}

export function readValues(source: ByteReader, offsets: Uint32Array, floats = freshFloats): Float64Array {
  const seriesCount = offsets.length - 1;
  const values = floats(offsets[seriesCount] as number);
  const mode = source.byte();
  if (mode > mixed) throw malformed(`value column mode ${mode} is unknown`);
  const bitmap = mode === mixed ? source.raw(Math.ceil(seriesCount / 8)) : undefined;
  for (let series = 0; series < seriesCount; series += 1) {
    const start = offsets[series] as number;
    const end = offsets[series + 1] as number;
    const narrow = bitmap ? ((bitmap[series >> 3] as number) >> (series & 7)) & 1 : mode === allSingle;
    if (narrow) readSingles(source, values, start, end);
    else readDoubles(source, values, start, end);
  }
  return values;
}

function readSingles(source: ByteReader, values: Float64Array, start: number, end: number): void {
  source.need((end - start) * 4);
  const { view } = source;
  let at = source.at;
  for (let i = start; i < end; i += 1, at += 4) values[i] = canonical(view.getFloat32(at, true));
  source.at = at;
}

function readDoubles(source: ByteReader, values: Float64Array, start: number, end: number): void {
  source.need((end - start) * 8);
  const { view } = source;
  let at = source.at;
  for (let i = start; i < end; i += 1, at += 8) values[i] = canonical(view.getFloat64(at, true));
  source.at = at;
}

function canonical(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}
