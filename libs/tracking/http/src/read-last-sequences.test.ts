import { expect, it } from "vitest";
import { readLastSequences } from "./read-last-sequences.ts";

it("reads one or several, names with colons too", () => {
  expect(readLastSequences({})).toEqual([]);
  expect(readLastSequences({ last_sequence: "worker:12" })).toEqual([{ client: "worker", sequence: 12 }]);
  expect(readLastSequences({ last_sequence: ["gpu-1:4711:0", "ü b:3"] })).toEqual([
    { client: "gpu-1:4711", sequence: 0 },
    { client: "ü b", sequence: 3 },
  ]);
});

it.each(["", "worker", "worker:", ":3", "worker:-1", "worker:1.5", "worker:1234567890123456"])(
  "refuses %j",
  (text) => {
    expect(() => readLastSequences({ last_sequence: text })).toThrow(/^last_sequence must be .* Found/);
  },
);

it("refuses a parameter that it does not know", () => {
  expect(() => readLastSequences({ last: "worker:1" })).toThrow('Found "last"');
});
