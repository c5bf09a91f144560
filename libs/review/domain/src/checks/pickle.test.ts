import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { isAllowedImport } from "./allowed-imports.ts";
import { findPickles } from "./find-pickles.ts";
import { walkPickle } from "./walk-pickle.ts";

const bytes = (text: string) => Buffer.from(text, "base64");

// pickle.dumps(..., protocol=...) of a list of numbers, an OrderedDict, and of an object whose __reduce__ is os.system.
const harmless = bytes("gASVCwAAAAAAAABdlChLAUsCSwNlLg==");
const ordered = bytes("gASVIgAAAAAAAACMC2NvbGxlY3Rpb25zlIwLT3JkZXJlZERpY3SUk5QpUpQu");
const attack = bytes("gASVHwAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjARlY2hvlIWUUpQu");
const oldAttack = Buffer.from("cos\nsystem\n(S'echo'\ntR.");
const inst = Buffer.from("(S'echo'\nios\nsystem\n.");

test.each([
  ["numbers", harmless, []],
  ["a class", ordered, ["collections OrderedDict"]],
  ["a command", attack, ["posix system"]],
  ["a command of the oldest protocol", oldAttack, ["os system"]],
  ["a command made by INST", inst, ["os system"]],
])("%s imports what it does", (_what, data, expected) => {
  const { globals, trouble, end } = walkPickle(data);
  expect(globals.map(({ module, name }) => `${module} ${name}`)).toEqual(expected);
  expect(trouble).toBeUndefined();
  expect(end).toBe(data.length);
});

test("a name that goes through the memo is still known, and one that cannot be is no name", () => {
  // The names are put into the memo, taken from the stack, and fetched again.
  const memoised = Buffer.concat([
    Buffer.from([0x80, 4, 0x8c, 5]),
    Buffer.from("posix"),
    Buffer.from([0x94, 0x30, 0x8c, 6]),
    Buffer.from("system"),
    Buffer.from([0x94, 0x30]),
    Buffer.from("h\0h\u0001"),
    Buffer.from([0x93, 0x2e]),
  ]);
  expect(walkPickle(memoised).globals).toEqual([{ module: "posix", name: "system" }]);
  const unknown = Buffer.from([0x80, 4, 0x4e, 0x4e, 0x93, 0x2e]);
  expect(walkPickle(unknown).globals).toEqual([{ module: "?", name: "?" }]);
  expect(isAllowedImport("?", "?", ["*"])).toBe(false);
});

test("what ends in the middle, or is no pickle, says so", () => {
  expect(walkPickle(attack.subarray(0, 20)).trouble).toBe("it ends in the middle");
  expect(walkPickle(Buffer.from([0xff])).trouble).toContain("is no opcode");
  expect(walkPickle(Buffer.from("N")).trouble).toBe("it has no end");
});

test("packed pickles and those in archives are found", () => {
  expect(findPickles(deflateSync(attack))).toMatchObject({ pickles: [expect.anything()] });
  const name = Buffer.from("archive/data.pkl");
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt32LE(attack.length, 18);
  header.writeUInt16LE(name.length, 26);
  const found = findPickles(Buffer.concat([header, name, attack]));
  expect("pickles" in found && found.pickles.map((one) => walkPickle(one).globals[0]?.name)).toEqual([
    "system",
  ]);
  expect(findPickles(Buffer.from("PK\u0003\u0004not really an archive at all"))).toHaveProperty("trouble");
});

test.each([
  ["collections", "OrderedDict", [], true],
  ["numpy.core.multiarray", "_reconstruct", [], true],
  ["sklearn.ensemble._forest", "RandomForestClassifier", [], true],
  ["builtins", "eval", [], false],
  ["os", "system", [], false],
  ["numpy.testing._private.utils", "runstring", [], false],
  ["cloudpickle.cloudpickle", "_make_function", [], false],
  ["sklearn.utils", "os.system", [], false],
  ["mine", "Model", ["mine.*"], true],
  ["mine", "os.system", ["mine.*"], false],
])("%s.%s with %j is allowed: %s", (module, name, allowed, expected) => {
  expect(isAllowedImport(module, name, allowed)).toBe(expected);
});
