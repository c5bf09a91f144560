import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepKeyFile, readInstanceKeys } from "./read-instance-keys.ts";
import { SecretText } from "./secret-text.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "runweir-keys-"));
});
afterEach(() => rm(folder, { recursive: true }));

const text = Buffer.from(Array.from({ length: 32 }, (_, place) => place)).toString("base64");

test("a data folder gets one key, for its owner alone, and keeps it", async () => {
  const files = await Promise.all(Array.from({ length: 8 }, () => keepKeyFile(folder)));
  expect(new Set(files).size).toBe(1);
  expect(await readdir(folder)).toEqual(["secret-key"]);
  const [file = ""] = files;
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const written = await readFile(file, "utf8");
  const [key] = await readInstanceKeys({ file });
  await keepKeyFile(folder);
  expect(await readFile(file, "utf8")).toBe(written);
  expect((await readInstanceKeys({ text: new SecretText(written) }))[0].kid).toBe(key.kid);
});

test("a key that others can open is refused", async () => {
  const file = await keepKeyFile(folder);
  await chmod(file, 0o640);
  await expect(keepKeyFile(folder)).rejects.toMatchObject({
    code: "failed_precondition",
    message: expect.stringContaining(`chmod 600 ${file}`),
  });
});

test("a file may hold several: the first is the one for what is new", async () => {
  const file = join(folder, "keys");
  const other = Buffer.from(text, "base64").reverse().toString("base64");
  await writeFile(file, `${other}\n${text}\n`);
  const keys = await readInstanceKeys({ file });
  expect(keys.map(({ kid }) => kid)).toEqual([
    (await readInstanceKeys({ text: new SecretText(other) }))[0].kid,
    (await readInstanceKeys({ text: new SecretText(text) }))[0].kid,
  ]);
});

test("there is no default, and no choice between two places", async () => {
  await expect(readInstanceKeys({})).rejects.toMatchObject({
    code: "failed_precondition",
    message: expect.stringContaining("openssl rand -base64 32"),
  });
  const both = readInstanceKeys({ text: new SecretText(text), file: join(folder, "keys") });
  await expect(both).rejects.toThrow("both set");
  await expect(readInstanceKeys({ file: join(folder, "none") })).rejects.toThrow("ENOENT");
});
