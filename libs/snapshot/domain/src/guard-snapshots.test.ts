import { type Caller, type Grant, localOwner, noRights, type Rights } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { guardSnapshots } from "./guard-snapshots.ts";
import type { Snapshots } from "./snapshots.ts";

const guarded = guardSnapshots({
  list: async () => "listed",
  make: async () => "made",
  describe: async () => "described",
} as unknown as Snapshots);

function ann(rights: Partial<Rights>): Caller {
  const principal = { kind: "user", id: "u1", name: "ann" } as const;
  return { ...localOwner("r"), principal, rights: { ...noRights, ...rights } };
}

function denied(target: Grant["target"]): Partial<Rights> {
  const grant: Grant = { grantId: "g", effect: "deny", level: "read", holder: { kind: "everyone" }, target };
  return { role: "viewer", grants: [grant] };
}

test.each<[string, Partial<Rights>, readonly string[]]>([
  ["an administrator", { administrator: true }, ["list", "make", "describe"]],
  ["a viewer of the workspace", { role: "viewer" }, ["list", "describe"]],
  ["a guest", { role: "guest" }, []],
  ["who is denied one experiment", denied({ on: "experiment", experimentId: "1" }), ["list"]],
  ["who is denied one model", denied({ on: "model", pattern: "fraud" }), ["list"]],
  [
    "a token for one experiment",
    { administrator: true, scope: { access: "all", experimentIds: ["1"] } },
    ["list"],
  ],
  ["a token for logging", { administrator: true, scope: { access: "ingest" } }, []],
])("%s gets whole snapshots only if all in them may be read", async (_who, rights, expected) => {
  const caller = ann(rights);
  const allowed: string[] = [];
  for (const [name, ask] of [
    ["list", () => guarded.list(caller)],
    ["make", () => guarded.make(caller)],
    ["describe", () => guarded.describe(caller, 1)],
  ] as const)
    await ask().then(
      () => allowed.push(name),
      (error) => expect(error).toMatchObject({ code: "permission_denied" }),
    );
  expect(allowed).toEqual(expected);
});
