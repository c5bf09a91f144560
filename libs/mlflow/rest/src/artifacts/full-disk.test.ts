import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../test/upload-to-full-disk.ts", import.meta.url));

test.skipIf(process.platform === "win32")(
  "a full disk is answered in words while the client still sends",
  async () => {
    const home = await mkdtemp(join(tmpdir(), "runweir-full-"));
    try {
      // 3 MiB in blocks of 512 bytes; the signal that goes with the error would end the process.
      const line = `trap '' XFSZ && ulimit -f 6144 && exec "$0" "$1" "$2"`;
      const { stdout, stderr } = spawnSync("sh", ["-c", line, process.execPath, script, home], {
        encoding: "utf8",
      });
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual({
        refused: {
          status: 507,
          body: {
            error_code: "QUOTA_EXCEEDED",
            message: expect.stringMatching(/"0\/large.bin" was not written.*free some space/),
          },
        },
        accepted: { status: 200, body: {} },
        kept: ["small.bin"],
        staged: [],
      });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
);
