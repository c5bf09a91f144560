import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { CompactEncrypt, compactDecrypt } from "jose";
import { expect, test } from "vitest";
import { parseInstanceKeys } from "./instance-keys.ts";
import { createSecretBox } from "./secret-box.ts";
import { SecretText } from "./secret-text.ts";

const newKey = () => randomBytes(32).toString("base64");
const boxOf = (...keys: string[]) => createSecretBox({ keys: parseInstanceKeys(keys.join(" "), "HERE") });
const [old, current] = [newKey(), newKey()];
const box = boxOf(current);
const secret = new SecretText("pässword 🔑");

test("what was encrypted comes back for the same context, and is never written the same twice", async () => {
  const [one, two] = [await box.encrypt(secret, "webhook 7"), await box.encrypt(secret, "webhook 7")];
  expect(one).not.toBe(two);
  expect((await box.decrypt(one, "webhook 7")).reveal()).toBe(secret.reveal());
  expect(JSON.parse(Buffer.from(one.split(".")[0] ?? "", "base64url").toString())).toEqual({
    alg: "dir",
    enc: "A256GCM",
    kid: box.kid,
    ctx: "webhook 7",
  });
});

test("the first key encrypts, all decrypt", async () => {
  const before = await boxOf(old).encrypt(secret, "x");
  const both = boxOf(current, old);
  expect((await both.decrypt(before, "x")).reveal()).toBe(secret.reveal());
  expect(both.kid).toBe(box.kid);
  expect((await box.decrypt(await both.encrypt(secret, "x"), "x")).reveal()).toBe(secret.reveal());
});

test("a key that is gone is named", async () => {
  const before = await boxOf(old).encrypt(secret, "x");
  await expect(box.decrypt(before, "x")).rejects.toThrow(
    `it was encrypted under the key ${boxOf(old).kid}, which is not among the installation's (${box.kid})`,
  );
});

test("another context is refused, also where somebody rewrote the header", async () => {
  const one = await box.encrypt(secret, "webhook 7");
  await expect(box.decrypt(one, "webhook 8")).rejects.toThrow("it was encrypted for something else");
  const [, ...rest] = one.split(".");
  const header = Buffer.from(JSON.stringify({ alg: "dir", enc: "A256GCM", kid: box.kid, ctx: "webhook 8" }));
  const forged = [header.toString("base64url"), ...rest].join(".");
  await expect(box.decrypt(forged, "webhook 8")).rejects.toThrow("it was altered");
});

test("every altered byte is refused", async () => {
  const one = await box.encrypt(secret, "x");
  const parts = one.split(".");
  for (const place of [2, 3, 4]) {
    const bytes = Buffer.from(parts[place] ?? "", "base64url");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const altered = parts.with(place, bytes.toString("base64url")).join(".");
    await expect(box.decrypt(altered, "x")).rejects.toMatchObject({ code: "failed_precondition" });
  }
  for (const text of ["", "x", "a.b.c.d.e", one.slice(0, -8), parts.slice(0, 4).join(".")])
    await expect(box.decrypt(text, "x")).rejects.toMatchObject({ code: "failed_precondition" });
});

test("other algorithms are refused, even under the right key", async () => {
  const [key] = parseInstanceKeys(current, "HERE");
  const text = new TextEncoder().encode("x");
  const derived = key.derive("secret box");
  const wrapped = await new CompactEncrypt(text)
    .setProtectedHeader({ alg: "A256KW", enc: "A256GCM", kid: key.kid, ctx: "x" })
    .encrypt(derived);
  // It is a sound JWE: only our rule stands against it.
  await compactDecrypt(wrapped, derived);
  await expect(box.decrypt(wrapped, "x")).rejects.toThrow("it was altered");
});

test("neither errors nor printing the box show the text or the key", async () => {
  const failed = await box
    .decrypt(`${await box.encrypt(secret, "x")}x`, "x")
    .catch((error: unknown) => error);
  const printed = inspect([failed, box], { depth: 9, showHidden: true });
  expect(printed).toContain("secret_unreadable");
  expect(printed).not.toContain(secret.reveal());
  expect(printed).not.toContain(current);
});

test("what is no small text is refused", async () => {
  await expect(box.encrypt(new SecretText("x".repeat(65_537)), "x")).rejects.toMatchObject({
    code: "invalid_argument",
  });
});
