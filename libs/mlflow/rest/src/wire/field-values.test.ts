import { describe, expect, it } from "vitest";
import {
  readChoice,
  readDouble,
  readFlag,
  readId,
  readInteger,
  readInteger32,
  readList,
  readText,
  readTextOrNothing,
} from "./field-values.ts";
import { RefusedValue } from "./refused-value.ts";

const refuses = (read: (value: unknown, at: string) => unknown, values: readonly unknown[]) => {
  for (const value of values) {
    expect(() => read(value, "field"), JSON.stringify(value)).toThrow(RefusedValue);
  }
};

describe("values on the wire", () => {
  it("integers are numbers or decimal strings, up to 2^53-1", () => {
    expect([12, "12", -3, "-3", 6.0, "0", -0].map((value) => readInteger(value, "x"))).toEqual([
      12, 12, -3, -3, 6, 0, 0,
    ]);
    expect(readInteger(Number.MAX_SAFE_INTEGER, "x")).toBe(Number.MAX_SAFE_INTEGER);
    // As R's `as.character` writes them.
    expect(["1e+05", "-2e+05", "1.79e+12", "1E3"].map((value) => readInteger(value, "x"))).toEqual([
      100_000, -200_000, 1_790_000_000_000, 1000,
    ]);
    refuses(readInteger, [
      1.5,
      "1.5",
      "",
      " 1",
      "0x10",
      "1.0",
      "1.55e1",
      "15e-1",
      "e5",
      "1e999",
      true,
      [],
      {},
      "9007199254740992",
      2 ** 53,
      Number.NaN,
      "9".repeat(400),
    ]);
    expect(readInteger32(-2147483648, "x")).toBe(-2147483648);
    refuses(readInteger32, [2147483648, "4294967296"]);
  });

  it("doubles are numbers, strings of numbers, NaN and the infinities", () => {
    expect(
      [1, "1.5", "-1e3", ".5", "NaN", "Infinity", "-Infinity", Number.NaN].map((value) =>
        readDouble(value, "x"),
      ),
    ).toEqual([
      1,
      1.5,
      -1000,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
    refuses(readDouble, [true, false, "nan", "inf", "", "0x1", "1,5", "abc", [], {}]);
  });

  it("strings are strings; an empty one can stand for none", () => {
    expect(readText("", "x")).toBe("");
    expect(readTextOrNothing("", "x")).toBeUndefined();
    refuses(readText, [1, true, [], {}]);
    refuses(readId, [1, "nul\0"]);
  });

  it("enums go by name and by number", () => {
    const read = readChoice(["PENDING", "READY"], (name) => `MODEL_${name}`);
    expect(["MODEL_READY", 2, "2"].map((value) => read(value, "x"))).toEqual(["READY", "READY", "READY"]);
    refuses(read, ["READY", "model_ready", 0, 3, null, {}]);
  });

  it("flags are true and false, as strings in a query and from R", () => {
    expect([true, "false", "true", "TRUE", "FALSE"].map((value) => readFlag(value, "x"))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    refuses(readFlag, ["yes", "True", "", 1, 0]);
  });

  it("a list says which item is at fault", () => {
    try {
      readList(readText)(["a", 5], "order_by");
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ path: "order_by[1]", value: 5 });
    }
    refuses(readList(readText), ["a", {}, 5]);
  });
});
