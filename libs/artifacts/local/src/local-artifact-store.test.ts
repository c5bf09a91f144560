import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { parseArtifactPath as path } from "@runweir/artifacts-domain";
import { describeArtifactStore, readAll } from "@runweir/artifacts-domain/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalArtifactStore } from "./local-artifact-store.ts";
import { stagingName } from "./staging.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "runweir-artifacts-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const newFolder = () => mkdtemp(join(home, "root-"));
const source = (content: string) => Readable.from([Buffer.from(content)]);

describeArtifactStore("local folder", async () => createLocalArtifactStore({ folder: await newFolder() }), {
  partBytes: 70_000,
});

test("symbolic links are not read, listed, written through or deleted through, inside or outside the root", async () => {
  const [folder, outside] = [await newFolder(), await newFolder()];
  await writeFile(join(outside, "secret"), "secret");
  await mkdir(join(folder, "real"));
  await symlink(outside, join(folder, "out"));
  await symlink(join(outside, "secret"), join(folder, "real", "leaf"));
  await symlink(join(folder, "real"), join(folder, "inside"));
  await symlink("/nowhere", join(folder, "dangling"));
  const store = createLocalArtifactStore({ folder });
  for (const at of ["out/secret", "real/leaf", "inside/x", "dangling", "out"]) {
    const refused = { code: "invalid_argument", message: expect.stringContaining("symbolic link") };
    await expect(store.open(path(at))).rejects.toMatchObject(refused);
    await expect(store.put(path(at), source("x"))).rejects.toMatchObject(refused);
    await expect(store.put(path(`${at}/below`), source("x"))).rejects.toMatchObject(refused);
    await expect(store.delete(path(at))).rejects.toMatchObject(refused);
    await expect(store.list(path(at), { limit: 10 })).rejects.toMatchObject(refused);
    await expect(store.startUpload(path(at))).rejects.toMatchObject(refused);
  }
  expect((await store.list(path(""), { limit: 10 })).entries.map(({ name }) => name)).toEqual(["real"]);
  expect((await store.list(path("real"), { limit: 10 })).entries).toEqual([]);
  await store.delete(path("real"));
  expect(await readdir(outside)).toEqual(["secret"]);
});

test.skipIf(process.platform === "win32")(
  "a pipe is no artifact, and looking at it does not hang",
  async () => {
    const folder = await newFolder();
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, "pipe")]);
    const socket = createServer().listen(join(folder, "socket"));
    await once(socket, "listening");
    const store = createLocalArtifactStore({ folder });
    await expect(store.open(path("socket"))).rejects.toMatchObject({ code: "not_found" });
    await expect(store.open(path("pipe"))).rejects.toMatchObject({ code: "not_found" });
    expect((await store.list(path(""), { limit: 10 })).entries).toEqual([]);
    socket.close();
  },
);

test("files in the making are out of reach, and nothing stays of those that failed", async () => {
  const folder = await newFolder();
  const store = createLocalArtifactStore({ folder });
  const broken = new Readable({ read() {} });
  const put = store.put(path("x"), broken);
  broken.push("half");
  broken.destroy(new Error("gone"));
  await expect(put).rejects.toThrow("gone");
  await store.put(path("y"), source("y"));
  expect(await readdir(join(folder, stagingName))).toEqual([]);
  await expect(store.open(path(`${stagingName}/z`))).rejects.toThrow("Invalid path");
  await expect(store.put(path(`${stagingName}/z`), source("z"))).rejects.toThrow("Invalid path");
  await expect(store.delete(path(stagingName))).rejects.toThrow("Invalid path");
  expect((await store.list(path(""), { limit: 10 })).entries.map(({ name }) => name)).toEqual(["y"]);
});

test("what a killed process left is removed after a day, what another one writes now is not", async () => {
  const folder = await newFolder();
  const staging = join(folder, stagingName);
  await mkdir(join(staging, "upload-old"), { recursive: true });
  for (const name of ["old", "young", "upload-old/1-x"]) await writeFile(join(staging, name), "half");
  const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const name of ["old", "upload-old"]) await utimes(join(staging, name), longAgo, longAgo);
  await createLocalArtifactStore({ folder }).put(path("x"), source("x"));
  expect(await readdir(staging)).toEqual(["young"]);
});

test("a file where a folder is needed, and the reverse, are refused in words", async () => {
  const store = createLocalArtifactStore({ folder: await newFolder() });
  await store.put(path("file"), source("1"));
  await store.put(path("folder/below"), source("2"));
  await expect(store.put(path("file/below"), source("3"))).rejects.toMatchObject({
    code: "invalid_argument",
  });
  await expect(store.put(path("folder"), source("4"))).rejects.toMatchObject({ code: "invalid_argument" });
  expect((await readAll(await (await store.open(path("file"))).read())).toString()).toBe("1");
  expect((await readAll(await (await store.open(path("folder/below"))).read())).toString()).toBe("2");
});

test("a folder deleted while files go into it neither fails them nor comes back half", async () => {
  const store = createLocalArtifactStore({ folder: await newFolder() });
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      index % 6 === 5 ? store.delete(path("busy")) : store.put(path(`busy/deep/${index}`), source("content")),
    ),
  );
  for (const entry of (await store.list(path("busy/deep"), { limit: 100 })).entries)
    expect(entry).toMatchObject({ kind: "file", bytes: 7 });
});
