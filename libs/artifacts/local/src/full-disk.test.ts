import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const script = fileURLToPath(new URL("../test/fill-disk.ts", import.meta.url));

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "runweir-full-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** `prepare` runs in a shell that then becomes the process that writes; `$1` is the folder. */
function fill(prepare: string, wrap = "") {
  const line = `${wrap} sh -c '${prepare} && exec "$0" "$2" "$1"' "$0" "$1" "$2"`;
  return spawnSync("sh", ["-c", line, process.execPath, home, script], { encoding: "utf8" });
}

function expectNothingKept(stdout: string, code: string): void {
  const full = expect.stringMatching(
    new RegExp(
      `^storage_full: The artifact store is full: "[a-z]+" was not written \\(${code}\\).*free some space`,
    ),
  );
  expect(JSON.parse(stdout)).toEqual({
    replaced: full,
    sourceDestroyed: false,
    added: full,
    part: full,
    completed: full,
    after: "done",
    listed: ["kept", "small"],
    kept: "kept",
    staged: [],
  });
}

test.skipIf(process.platform === "win32")(
  "a file over the limit of the process is refused and leaves nothing",
  () => {
    // 3 MiB in blocks of 512 bytes; the signal that goes with the error would end the process.
    const { stdout, stderr } = fill('trap "" XFSZ && ulimit -f 6144');
    expect(stderr).toBe("");
    expectNothingKept(stdout, "EFBIG");
  },
);

const canMount = spawnSync("sh", ["-c", 'unshare -rm mount -t tmpfs tmpfs "$0"', tmpdir()]).status === 0;
if (!canMount) console.warn("SKIPPED, the full file system: this machine lets nobody mount one.");

test.skipIf(!canMount)("a file system that is full refuses and leaves nothing", () => {
  const { stdout, stderr } = fill(`mount -t tmpfs -o size=6m tmpfs "$1"`, "unshare -rm");
  expect(stderr).toBe("");
  expectNothingKept(stdout, "ENOSPC");
});
