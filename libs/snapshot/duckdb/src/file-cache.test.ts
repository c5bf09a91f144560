import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFileCache } from "./file-cache.ts";

test("what is not in use goes, the longest unused first, until the rest fits", async () => {
  const root = await mkdtemp(join(tmpdir(), "runweir-cache-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const write = async (name: string) => {
    await mkdir(join(root, "data/runs"), { recursive: true });
    await writeFile(join(root, `data/runs/${name}`), Buffer.alloc(10));
    return { path: `data/runs/${name}`, bytes: 10 };
  };
  const there = (names: string) =>
    [...names].filter((name) => existsSync(join(root, `data/runs/${name}`))).join("");

  await write("x");
  const cache = createFileCache(root, 30);
  const [a, b, c] = [await write("a"), await write("b"), await write("c")];
  const letGo = [cache.pin([a]), cache.pin([a, b]), cache.pin([c])];
  await cache.shrink();
  expect(there("xabc")).toBe("abc");
  const d = cache.pin([await write("d")]);
  // All are in use: the limit waits.
  await cache.shrink();
  expect(there("abcd")).toBe("abcd");
  letGo[1]?.();
  letGo[1]?.();
  await cache.shrink();
  // One who holds a is left.
  expect(there("abcd")).toBe("acd");
  for (const one of [...letGo, d]) one();
  cache.pin([a])();
  await write("e");
  cache.pin([{ path: "data/runs/e", bytes: 10 }])();
  await cache.shrink();
  expect(there("acde")).toBe("ade");
});
