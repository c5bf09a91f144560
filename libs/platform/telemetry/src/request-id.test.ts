import { expect, test } from "vitest";
import { acceptRequestId, newRequestId } from "./request-id.ts";

test("a sane id of the caller is kept", () => {
  expect(acceptRequestId("trace-01.a_b")).toBe("trace-01.a_b");
});

test.each(["", "a b", "x".repeat(65), "a\nb", "<b>", "-x", undefined, ["a"]])(
  "%j is replaced",
  (proposed) => {
    expect(acceptRequestId(proposed)).toMatch(/^[0-9a-f]{16}$/);
  },
);

test("fresh ids differ", () => {
  expect(newRequestId()).not.toBe(newRequestId());
});
