import { expect, test } from "vitest";
import { localOwner } from "../caller.ts";
import { composeEntry } from "./compose-entry.ts";
import { chainStart } from "./verify-chain.ts";

const caller = localOwner("r");

test("an action of the server has no workspace, one of a workspace the caller's unless told", () => {
  const workspaceOf = (action: "token.create" | "grant.create", workspace?: string) =>
    composeEntry(caller, { action, object: { id: "x" }, workspace }, chainStart, 1).workspace;
  expect([
    workspaceOf("token.create"),
    workspaceOf("grant.create"),
    workspaceOf("grant.create", "vision"),
  ]).toEqual([null, "default", "vision"]);
  expect(workspaceOf("token.create", "vision")).toBeNull();
});

test("whatever is handed in becomes an entry: long texts are cut, secrets taken out, nothing is undefined", () => {
  const entry = composeEntry(
    { ...caller, origin: { door: "api", userAgent: `agent Bearer ${"a".repeat(20)} ${"x".repeat(900)}` } },
    {
      action: "artifact.delete",
      object: { id: "s3://key:hunter2@bucket/x\0", name: "\ud800" },
      before: { list: "y".repeat(20_000), password: "hunter2" },
      after: { password: "hunter2" },
    },
    chainStart,
    1,
  );
  const text = JSON.stringify(entry);
  expect(text).not.toMatch(/hunter2|aaaa|undefined/);
  expect(entry.object).toEqual({ kind: "artifact", id: "s3://key:[secret]@bucket/x\ufffd", name: "\ufffd" });
  expect(entry.origin.userAgent).toMatch(/^agent \[secret\] x+…$/);
  expect(entry.origin.userAgent).toHaveLength(500);
  expect(entry.origin).toMatchObject({ address: null, tokenId: null });
  expect(entry.before).toEqual({
    left_out: expect.stringMatching(/^2\d{4} characters; at most 16384 are kept$/),
  });
  expect(entry.after).toEqual({ password: "[secret]" });
});
