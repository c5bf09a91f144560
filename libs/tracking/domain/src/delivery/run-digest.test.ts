import type { SeriesPoints } from "@runweir/ingest-domain";
import { expect, it } from "vitest";
import { createRunDigest } from "./run-digest.ts";

type Row = readonly [step: number, timestamp: number, value: number];

function pointsOf(rows: readonly Row[]): SeriesPoints {
  return {
    steps: Float64Array.from(rows, (row) => row[0]),
    timestamps: Float64Array.from(rows, (row) => row[1]),
    values: Float64Array.from(rows, (row) => row[2]),
  };
}

function digestOf(series: readonly (readonly [key: string, ...parts: (readonly Row[])[]])[]): string {
  const digest = createRunDigest();
  for (const [key, ...parts] of series) {
    const one = digest.series(key);
    for (const rows of parts) one.add(pointsOf(rows));
    one.end();
  }
  return digest.finish();
}

const time = 1_790_000_000_000;
const loss: readonly Row[] = [
  [0, time, 0.5],
  [1, time + 250, 0.1],
  [2, time + 500, Number.NaN],
  [2, time + 500, 0],
  [2, time + 500, Number.POSITIVE_INFINITY],
];
const accuracy: readonly Row[] = [
  [-3, 0, 1e300],
  [2 ** 53 - 1, 2 ** 53 - 1, -1 / 3],
];
/** Made by Python's struct and hashlib after the description in points-v1. */
const known = "a42d9f205dd6cbe5dbc331f644a9fdb31775b2eded165171f9a3a4f486f0e7f8";

it("is what any other program computes from the description", () => {
  expect(
    digestOf([
      ["loss", loss],
      ["Genauigkeit/ü", accuracy],
    ]),
  ).toBe(known);
  expect(digestOf([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

it("does not depend on the order of series, on parts, on the sign of zero or on the bits of a NaN", () => {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setBigUint64(0, 0xfff8_0000_0000_0001n);
  const odd = loss.map(
    ([step, at, value]): Row => [
      step,
      at,
      Number.isNaN(value) ? bits.getFloat64(0) : value === 0 ? -0 : value,
    ],
  );
  expect(
    digestOf([
      ["Genauigkeit/ü", accuracy],
      ["loss", odd.slice(0, 2), odd.slice(2)],
    ]),
  ).toBe(known);
});

it("tells every point, name and series apart", () => {
  const others = [
    [["loss", loss]],
    [
      ["loss", loss],
      ["accuracy", accuracy],
    ],
    [
      ["loss", accuracy],
      ["Genauigkeit/ü", loss],
    ],
    [
      ["loss", loss.slice(1)],
      ["Genauigkeit/ü", accuracy],
    ],
    [
      ["loss", [...loss.slice(0, 1), [1, time + 250, 0.1 + Number.EPSILON], ...loss.slice(2)]],
      ["Genauigkeit/ü", accuracy],
    ],
  ] as const;
  const digests = new Set([known, ...others.map((series) => digestOf(series))]);
  expect(digests.size).toBe(others.length + 1);
});
