import { expect, it } from "vitest";
import { compareLink } from "./compare-link.ts";

it("names the chosen runs, and of too many the first hundred", () => {
  expect(compareLink({ experimentIds: ["1", "2"], runIds: ["a", "b"], filter: "params.x = '1'" })).toBe(
    "/compare?experiments=1.2&runs=a.b",
  );
  const many = Array.from({ length: 130 }, (_, index) => `r${index}`);
  const runs = new URL(compareLink({ experimentIds: ["1"], runIds: many }), "http://x").searchParams.get(
    "runs",
  );
  expect(runs?.split(".")).toEqual(many.slice(0, 100));
});

it("takes the filter where no run is chosen", () => {
  expect(compareLink({ experimentIds: ["1"], filter: "metrics.loss < 3" })).toBe(
    "/compare?experiments=1&filter=metrics.loss+%3C+3",
  );
  expect(compareLink({ experimentIds: ["1"] })).toBe("/compare?experiments=1");
});
