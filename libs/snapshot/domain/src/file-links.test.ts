import { expect, test } from "vitest";
import { createFileLinks } from "./file-links.ts";

let now = new Date("2026-03-01T12:00:00Z");
const links = createFileLinks({ key: Buffer.alloc(32, 1), now: () => now });
const file = { snapshot: 7, table: "runs", name: "a.parquet" };
const expiresAt = new Date("2026-03-01T13:00:00Z");
const terms = {
  workspace: "default",
  maker: { kind: "user", id: "u1", tokenId: "t1" },
  expiresAt,
} as const;
const token = links.sign(terms, file);

test("a link opens its file until it ends", () => {
  expect(links.open(token, file)).toEqual(terms);
  now = expiresAt;
  expect(() => links.open(token, file)).toThrow(expect.objectContaining({ reason: "link_expired" }));
  now = new Date("2026-03-01T12:00:00Z");
});

const [claim, signature] = token.split(".") as [string, string];
const others = Buffer.from(JSON.stringify(["default", 1_772_370_000, { kind: "user", id: "u2" }])).toString(
  "base64url",
);
const later = Buffer.from(JSON.stringify(["default", 4_000_000_000, terms.maker])).toString("base64url");
test.each<[string, string, typeof file]>([
  ["another snapshot", token, { ...file, snapshot: 8 }],
  ["another table", token, { ...file, table: "params" }],
  ["another file", token, { ...file, name: "b.parquet" }],
  ["a later end", `${later}.${signature}`, file],
  ["another maker", `${others}.${signature}`, file],
  ["no signature", claim, file],
  ["half a signature", token.slice(0, -4), file],
  ["nothing", "", file],
  ["another key", createFileLinks({ key: Buffer.alloc(32, 2), now: () => now }).sign(terms, file), file],
])("%s is refused", (_what, given, of) => {
  expect(() => links.open(given, of)).toThrow(expect.objectContaining({ reason: "link_invalid" }));
});
