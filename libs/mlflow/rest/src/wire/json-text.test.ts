import { describe, expect, it } from "vitest";
import { parseJsonText, parseWithWrittenNumbers, WrittenNumber } from "./json-text.ts";

describe("parseJsonText", () => {
  it("reads the bare floats that Python writes", () => {
    expect(parseJsonText('{"a":NaN,"b":[Infinity,-Infinity, 1e3],"c":-1}')).toEqual({
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1000],
      c: -1,
    });
  });

  it("leaves strings alone, whatever they hold", () => {
    const value = { a: "NaN", "Infinity \\": 'say "NaN", -Infinity', b: "\\", c: "\n" };
    const text = JSON.stringify({ ...value, bare: 0 }).replace('"bare":0', '"bare":NaN');
    expect(parseJsonText(text)).toEqual({ ...value, bare: Number.NaN });
  });

  it("still refuses what is no JSON", () => {
    for (const text of ["{bad", '{"a":NaN', '{"a":NaNs}', '{"a":+Infinity}', '"NaN', "{'a': NaN}"]) {
      expect(() => parseJsonText(text), text).toThrow(SyntaxError);
    }
  });

  it("takes a body of unfinished strings in one pass", () => {
    expect(() => parseJsonText(`NaN "${'\\"'.repeat(2_000_000)}`)).toThrow(SyntaxError);
  });
});

describe("parseWithWrittenNumbers", () => {
  it("keeps each number as it was written", () => {
    expect(parseWithWrittenNumbers('{"a":9.0,"b":[9223372036854775808,NaN,1E5],"c":"9.0"}')).toEqual({
      a: new WrittenNumber("9.0"),
      b: [new WrittenNumber("9223372036854775808"), new WrittenNumber("NaN"), new WrittenNumber("1E5")],
      c: "9.0",
    });
  });
});
