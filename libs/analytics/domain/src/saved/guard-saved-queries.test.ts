import { type Caller, localOwner, noRights, type Rights } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { guardSavedQueries } from "./guard-saved-queries.ts";
import type { SavedQueries } from "./saved-queries.ts";

const reading = ["list", "get", "listLinks", "openLink"] as const;
const writing = ["create", "update", "delete", "createLink", "deleteLink"] as const;
const names = [...reading, ...writing];
const bare = Object.fromEntries(names.map((name) => [name, async () => name]));
const guarded = guardSavedQueries(bare as unknown as SavedQueries) as unknown as Record<
  (typeof names)[number],
  (caller: Caller) => Promise<unknown>
>;

test.each<[string, Partial<Rights>, readonly string[]]>([
  ["a viewer", { role: "viewer" }, names],
  ["a guest", { role: "guest" }, []],
  ["a token for reading", { role: "editor", scope: { access: "read" } }, reading],
  ["a token for logging", { role: "editor", scope: { access: "ingest" } }, []],
  ["a token for one experiment", { role: "editor", scope: { access: "all", experimentIds: ["1"] } }, []],
])("%s", async (_who, rights, expected) => {
  const principal = { kind: "user", id: "u1", name: "ann" } as const;
  const caller = { ...localOwner("r"), principal, rights: { ...noRights, ...rights } };
  const allowed: string[] = [];
  for (const name of names)
    await guarded[name](caller).then(
      () => allowed.push(name),
      (error) => expect(error).toMatchObject({ code: "permission_denied" }),
    );
  expect(allowed).toEqual(expected);
});
