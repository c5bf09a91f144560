import { expect, test } from "vitest";
import { zoneOf } from "./zones.ts";

test("a path belongs to the zone with the longest matching prefix", () => {
  expect(zoneOf("/")).toBe("shell");
  expect(zoneOf("/settings")).toBe("shell");
  expect(zoneOf("/experiments")).toBe("tracking");
  expect(zoneOf("/experiments/3?filter=x")).toBe("tracking");
  expect(zoneOf("/runs/abc#charts")).toBe("tracking");
  expect(zoneOf("/_zones/tracking/_next/static/a.js")).toBe("tracking");
});

test("a prefix matches whole segments only", () => {
  expect(zoneOf("/experimentsX")).toBe("shell");
});
