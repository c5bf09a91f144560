import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const [lightBlock = "", darkBlock = ""] = css.split(':root[data-theme="dark"]');

const readColors = (block: string) =>
  new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
const light = readColors(lightBlock);
const dark = new Map([...light, ...readColors(darkBlock)]);

/** WCAG 2.2: relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
] as const)("in the %s theme", (_, colors) => {
  const of = (name: string) => {
    const color = colors.get(name);
    if (color === undefined) throw new Error(`tokens.css has no colour --${name}`);
    return color;
  };
  const grounds = ["bg", "surface", "sunken", "hover", "selected"];

  test.each(["ink", "ink-2", "ink-3"])("--%s can be read on every ground", (ink) => {
    for (const ground of grounds) expect(contrast(of(ink), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["accent", "ok", "warn", "bad", "live"])(
    "--%s can be read on its soft ground and on cards",
    (tone) => {
      for (const ground of [`${tone}-soft`, "surface", "bg", "hover"])
        expect(contrast(of(tone), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("words on the accent can be read", () => {
    expect(contrast(of("accent-ink"), of("accent"))).toBeGreaterThanOrEqual(4.5);
  });

  test("every run's colour can be seen on cards", () => {
    for (let slot = 1; slot <= 10; slot++)
      expect(contrast(of(`run-${slot}`), of("surface")), `run-${slot}`).toBeGreaterThanOrEqual(3);
  });

  test("a scale can be seen on cards and goes one way in lightness", () => {
    const stops = [1, 2, 3, 4].map((stop) => of(`scale-${stop}`));
    for (const stop of stops) expect(contrast(stop, of("surface")), stop).toBeGreaterThanOrEqual(3);
    const lightness = stops.map(luminance);
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
  });
});

test("both themes define the same colours", () => {
  const darkOwn = readColors(darkBlock);
  expect([...darkOwn.keys()].toSorted()).toEqual([...light.keys()].toSorted());
});
