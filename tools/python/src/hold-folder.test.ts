import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdFolder } from "./hold-folder.ts";

let scratch = "";
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "runweir-hold-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("a second holder waits until the first lets go", async () => {
  const folder = join(scratch, "lock");
  const order: string[] = [];
  const release = await holdFolder(folder);
  const second = holdFolder(folder).then((releaseSecond) => {
    order.push("second holds");
    releaseSecond();
  });
  await new Promise((resolve) => setImmediate(resolve));
  order.push("first lets go");
  release();
  await second;
  expect(order).toEqual(["first lets go", "second holds"]);
  expect(existsSync(folder)).toBe(false);
});

test("what a dead process holds is free", async () => {
  const folder = join(scratch, "dead");
  mkdirSync(folder);
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(join(folder, "pid"), String(dead));
  const release = await holdFolder(folder);
  expect(existsSync(folder)).toBe(true);
  release();
});
