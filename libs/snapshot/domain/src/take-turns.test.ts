import { expect, test } from "vitest";
import { takeTurns } from "./take-turns.ts";

test("one at a time, and those who ask while a turn waits share it", async () => {
  const begun: { key: string; end(): void; fail(): void }[] = [];
  const ask = takeTurns(
    (key) =>
      new Promise<number>((resolve, reject) => {
        const number = begun.length;
        begun.push({ key, end: () => resolve(number), fail: () => reject(new Error("no")) });
      }),
  );
  const first = ask("a");
  await new Promise(setImmediate);
  const second = ask("a");
  const third = ask("a");
  const other = ask("b");
  await new Promise(setImmediate);
  expect(begun.map(({ key }) => key)).toEqual(["a", "b"]);
  begun[1]?.end();
  expect(await other).toBe(1);
  // A turn that fails ends for those who shared it, and is no obstacle for the next.
  begun[0]?.fail();
  await expect(first).rejects.toThrow("no");
  await new Promise(setImmediate);
  expect(begun.length).toBe(3);
  begun[2]?.end();
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  const fourth = ask("a");
  await new Promise(setImmediate);
  begun[3]?.end();
  expect(await fourth).toBe(3);
});
