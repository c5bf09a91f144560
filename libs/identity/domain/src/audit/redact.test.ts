import { expect, test } from "vitest";
import { redact } from "./redact.ts";

test.each([
  "password",
  "newPassword",
  "PASSWORD_HASH",
  "clientSecret",
  "client-secret",
  "token",
  "access_token",
  "recoveryTokens",
  "tokenHash",
  "api_key",
  "secretAccessKey",
  "Authorization",
  "set-cookie",
  "privateKey",
  "passwordSalt",
  "storeCredentials",
])("the value of %s is never kept, wherever it is", (name) => {
  const kept = redact({ list: [{ [name]: "hunter2" }], [name]: { deep: "hunter2" } });
  expect(JSON.stringify(kept)).not.toContain("hunter2");
  expect(kept).toMatchObject({ [name]: "[secret]" });
});

test("what only names or counts a secret is kept", () => {
  const details = { tokenId: "t1", tokenName: "laptop", hasPassword: true, password: null, access: "read" };
  expect(redact(details)).toEqual(details);
});

test.each([
  ["Bearer abcdefghijkl", "[secret]"],
  ["postgres://ann:hunter2@db/x", "postgres://ann:[secret]@db/x"],
  ["see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1 there", "see [secret] there"],
  ["eyJhbGciOiJkaXIifQ..iv.ciphertext.tag", "[secret]"],
  ["-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "[secret]\n"],
])("texts that are secrets under any name are left out: %s", (text, kept) => {
  expect(redact({ note: text })).toEqual({ note: kept });
  expect(Object.keys(redact({ [text]: 1 }) as object)).toEqual([kept]);
});

test("anything becomes JSON that a database takes", () => {
  const circle: Record<string, unknown> = {};
  circle.circle = circle;
  expect(JSON.stringify(redact(circle))).toContain("[too deep]");
  expect(
    redact({
      a: undefined,
      b: Number.NaN,
      c: 2n,
      d: new Date(0),
      e: Buffer.of(1),
      f: "\0\ud800",
      g: () => 1,
    }),
  ).toEqual({ b: "NaN", c: "2", d: "1970-01-01T00:00:00.000Z", e: "[bytes]", f: "\ufffd\ufffd", g: null });
});
