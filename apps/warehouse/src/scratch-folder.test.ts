import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openScratchFolder } from "./scratch-folder.ts";

test("what a process left behind that is gone is cleared up; those that are there are left alone", async () => {
  const root = await mkdtemp(join(tmpdir(), "runweir-scratch-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const gone = join(root, "process-gone");
  const foreign = join(root, "not-ours");
  for (const folder of [gone, foreign]) {
    await mkdir(join(folder, "tail"), { recursive: true });
    await writeFile(join(folder, "tail/x.parquet"), "x");
    const then = new Date(Date.now() - 2 * 3_600_000);
    await utimes(folder, then, then);
  }
  const [one, two] = [openScratchFolder(root), openScratchFolder(root)];
  await one.keep();
  await writeFile(join(one.path, "spilled"), "x");
  await two.keep();
  expect([gone, foreign, one.path, two.path].map(existsSync)).toEqual([false, true, true, true]);
  await one.remove();
  expect([one.path, two.path].map(existsSync)).toEqual([false, true]);
});

test("a folder that cannot be is refused in one sentence", async () => {
  const root = await mkdtemp(join(tmpdir(), "runweir-scratch-"));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, "file"), "x");
  await expect(openScratchFolder(join(root, "file")).keep()).rejects.toMatchObject({
    code: "failed_precondition",
    message: expect.stringContaining("RUNWEIR_SNAPSHOT_FOLDER"),
  });
});
