import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "@runweir/ports";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startChildServer } from "./child-server.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "runweir-child-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function start(command: string, args: readonly string[], limitMs: number) {
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const logFile = join(folder, "log");
  return startChildServer({ name: "child", command, args, url, readyPath: "/", logFile, limitMs });
}

test("a child that is not ready in time is ended", async () => {
  const script = `require("node:fs").writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000)`;
  const pidFile = join(folder, "pid");
  await expect(start(process.execPath, ["-e", script, pidFile], 2_000)).rejects.toThrow("not ready in time");
  const pid = Number(readFileSync(pidFile, "utf8"));
  expect(pid).toBeGreaterThan(0);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a child that ends by itself, by a signal or never begins is told of at once", async () => {
  await expect(start(process.execPath, ["-e", "process.exit(3)"], 60_000)).rejects.toThrow("ended with 3");
  await expect(start("sh", ["-c", "echo no such port >&2; exit 3"], 60_000)).rejects.toThrow("no such port");
  await expect(start("sh", ["-c", "kill -KILL $$"], 60_000)).rejects.toThrow("ended with SIGKILL");
  await expect(start(join(folder, "none"), [], 60_000)).rejects.toThrow("ENOENT");
});
