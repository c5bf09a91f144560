import { expect, it } from "vitest";
import { requireName } from "./check-name.ts";

it.each(["a", "val/loss", "a.b-c_d e:f", "größe", "损失", "a".repeat(250)])("takes %j", (name) => {
  expect(requireName("key", name, "key")).toBe(name);
});

it.each([
  ["", "This name would resolve to '.'"],
  [".", "This name would resolve to '.'"],
  ["..", "This name would resolve to '..'"],
  ["a//b", "This name would resolve to 'a/b'"],
  ["a/", "This name would resolve to 'a'"],
  ["./a", "This name would resolve to 'a'"],
  ["a/../b", "This name would resolve to 'b'"],
  ["/a", "This name would resolve to '/a'"],
  ["a/../../b", "This name would resolve to '../b'"],
  ["...a", "This name would resolve to '...a'"],
  ["a$", "Names may only contain alphanumerics"],
  ["a\nb", "Names may only contain alphanumerics"],
  ["a\n", "Names may only contain alphanumerics"],
  ["a\u0000", "Names may only contain alphanumerics"],
])("refuses %j", (name, reason) => {
  expect(() => requireName("metrics[0].name", name, "Metric name")).toThrow(
    `Invalid value ${JSON.stringify(name)} for parameter 'metrics[0].name' supplied: `,
  );
  expect(() => requireName("metrics[0].name", name, "Metric name")).toThrow(reason);
});

it("counts characters, not UTF-16 units", () => {
  const astral = "𐐀";
  expect(requireName("key", astral.repeat(250), "key")).toHaveLength(500);
  expect(() => requireName("key", astral.repeat(251), "Metric name")).toThrow(
    "'Metric name' exceeds the maximum length of 250 characters",
  );
});
