import { type ByteReader, malformed } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { freshFloats } from "./column-memory.ts";

/** Up to here a difference of differences fits a varint (2^53 - 1 after zigzag); columns beyond are stored plainly. */
const deltaLimit = 2 ** 50 - 1;
const plainMode = 0;
const deltaMode = 1;

/**
 * Writes whole numbers grouped into series (`offsets[s]` to `offsets[s + 1]`).
 *
 * The first number of a series is predicted by the first of the series before it, each following one by its predecessor
 * plus the last difference (at second place: the first difference of the series before it). Residuals are zigzag
 * varints; a zero starts a run of zeros and is followed by the run's length. So even strides cost nothing, however many
 * series share them.
 */
export function writeIntegers(out: ByteWriter, numbers: Float64Array, offsets: Uint32Array): void {
  if (!fitsDeltas(numbers)) {
    out.byte(plainMode);
    out.float64s(numbers);
    return;
  }
  out.byte(deltaMode);
  let firstBefore = 0;
  let strideBefore = 0;
  let zeros = 0;
  for (let series = 0; series + 1 < offsets.length; series += 1) {
    const start = offsets[series] as number;
    const end = offsets[series + 1] as number;
    let previous = firstBefore;
    let stride = 0;
    for (let i = start; i < end; i += 1) {
      const number = numbers[i] as number;
      const residual = number - previous - stride;
      if (residual === 0) zeros += 1;
      else {
        if (zeros > 0) zeros = writeZeros(out, zeros);
        out.varint(residual > 0 ? residual * 2 : residual * -2 - 1);
      }
      if (i === start) {
        firstBefore = number;
        stride = strideBefore;
      } else {
        stride = number - previous;
        if (i === start + 1) strideBefore = stride;
      }
      previous = number;
    }
  }
  if (zeros > 0) writeZeros(out, zeros);
}

function writeZeros(out: ByteWriter, zeros: number): 0 {
  out.byte(0);
  out.varint(zeros);
  return 0;
}

function fitsDeltas(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    if (number > deltaLimit || number < -deltaLimit) return false;
  }
  return true;
}

/** Reads what `writeIntegers` wrote; refuses anything that is not a whole number within ±(2^53 - 1). */
export function readIntegers(source: ByteReader, offsets: Uint32Array, floats = freshFloats): Float64Array {
  const numbers = floats(offsets[offsets.length - 1] as number);
  const mode = source.byte();
  if (mode === plainMode) return readPlain(source, numbers);
  if (mode !== deltaMode) throw malformed(`integer column mode ${mode} is unknown`);
  let firstBefore = 0;
  let strideBefore = 0;
  let zeros = 0;
  for (let series = 0; series + 1 < offsets.length; series += 1) {
    const start = offsets[series] as number;
    const end = offsets[series + 1] as number;
    let previous = firstBefore;
    let stride = 0;
    for (let i = start; i < end; i += 1) {
      let residual = 0;
      if (zeros > 0) zeros -= 1;
      else {
        const token = source.varint();
        if (token === 0) zeros = readZeros(source, numbers.length - i) - 1;
        else residual = token % 2 === 0 ? token / 2 : (token + 1) / -2;
      }
      const number = previous + stride + residual;
      if (!(number <= deltaLimit && number >= -deltaLimit)) throw malformed("a number is out of range");
      if (i === start) {
        firstBefore = number;
        stride = strideBefore;
      } else {
        stride = number - previous;
        if (i === start + 1) strideBefore = stride;
      }
      previous = number;
      numbers[i] = number;
    }
  }
  if (zeros > 0) throw malformed("a run of zeros is too long");
  return numbers;
}

function readZeros(source: ByteReader, left: number): number {
  const zeros = source.varint();
  if (zeros === 0 || zeros > left) throw malformed("a run of zeros has a wrong length");
  return zeros;
}

function readPlain(source: ByteReader, numbers: Float64Array): Float64Array {
  source.need(numbers.length * 8);
  for (let i = 0; i < numbers.length; i += 1) {
    const number = source.view.getFloat64(source.at, true);
    if (!Number.isSafeInteger(number)) throw malformed("a step or timestamp is not a whole number");
    numbers[i] = number === 0 ? 0 : number;
    source.at += 8;
  }
  return numbers;
}
