import { expect, test } from "vitest";
import type { AuditEntry } from "./audit-entry.ts";
import { canonical, encodeEntry, genesisHash, hashEntry } from "./hash-entry.ts";

const entry: Omit<AuditEntry, "hash"> = {
  version: 1,
  sequence: 1,
  time: 1_700_000_000_000,
  workspace: "default",
  actor: { kind: "user", id: "u1", name: "Ann" },
  action: "grant.create",
  object: { kind: "grant", id: "g1", name: "" },
  before: null,
  after: { z: 1.5, é: "\n\u2028", a: [true, null] },
  origin: { door: "pages", address: "::1", userAgent: null, requestId: "r1", tokenId: null },
  previousHash: genesisHash,
};

test("the bytes of version 1 are these for ever: what was written before is verified with them", () => {
  expect(encodeEntry(entry)).toBe(
    '[1,1,1700000000000,"default","user","u1","Ann","grant.create","grant","g1","",null,' +
      '{"a":[true,null],"z":1.5,"é":"\\n\u2028"},"pages","::1",null,"r1",null]',
  );
  // As computed by another program.
  expect(hashEntry(entry)).toBe("ab0f27c81350cd2f43411af1e5d1ca9ca4b6fa9b047d65036bdaffc4cd435a95");
});

test("members are ordered by UTF-16 code units, and numbers written as ECMAScript does (RFC 8785)", () => {
  const text = '{"\u20ac":1,"\\r":2,"\ufb33":3,"1":4,"\u{1f600}":5,"\u0080":6,"ö":7}';
  expect(canonical(JSON.parse(text))).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  expect(canonical([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
    "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
  );
});

test("texts that would read alike when joined are told apart", () => {
  const actor = (id: string, name: string) => hashEntry({ ...entry, actor: { kind: "user", id, name } });
  expect(actor("ab", "c")).not.toBe(actor("a", "bc"));
});
