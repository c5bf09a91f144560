import { describe, expect, test } from "vitest";
import type { Caller } from "../caller.ts";
import { decide, type SecuredObject } from "./decide.ts";
import { readable } from "./object-filter.ts";
import { type Permission, permissionNames } from "./permission.ts";
import { type Grant, noRights, type Rights } from "./rights.ts";

const mnist: SecuredObject = { kind: "experiment", experimentId: "7", name: "team-a/mnist" };
const fraud: SecuredObject = { kind: "model", name: "fraud" };

function ann(rights: Partial<Rights>): Caller {
  return {
    principal: { kind: "user", id: "u1", name: "ann" },
    workspace: "default",
    requestId: "r",
    rights: { ...noRights, ...rights },
  };
}

function grant(part: Partial<Grant> & Pick<Grant, "target">): Grant {
  return { grantId: "g", effect: "allow", level: "read", holder: { kind: "everyone" }, ...part };
}

function may(caller: Caller, permission: Permission, object?: SecuredObject): boolean {
  return decide(caller, permission, object).allowed;
}

test("who belongs to no workspace and has no grant may do nothing but what is public and their own", () => {
  const allowed = permissionNames.filter((permission) => may(ann({}), permission));
  expect(allowed).toEqual(["public", "account"]);
});

test.each([
  ["guest", []],
  ["viewer", ["experiment.read"]],
  ["member", ["experiment.read", "experiment.create"]],
  ["editor", ["experiment.read", "experiment.log", "experiment.edit", "experiment.create"]],
  [
    "admin",
    ["experiment.read", "experiment.log", "experiment.edit", "experiment.manage", "experiment.create"],
  ],
] as const)("%s of a workspace", (role, expected) => {
  const asked = permissionNames.filter((permission) => permission.startsWith("experiment."));
  expect(asked.filter((permission) => may(ann({ role }), permission, mnist))).toEqual(expected);
  expect(may(ann({ role }), "server.manage")).toBe(false);
});

describe("grants", () => {
  const edits = grant({ level: "edit", target: { on: "experiment", pattern: "team-a/*" } });

  test("allow up to their level, where their pattern matches, and open the routes that lead there", () => {
    const caller = ann({ role: "guest", grants: [edits] });
    expect(may(caller, "experiment.edit")).toBe(true);
    expect(may(caller, "experiment.edit", mnist)).toBe(true);
    expect(may(caller, "experiment.manage", mnist)).toBe(false);
    expect(may(caller, "experiment.edit", { ...mnist, name: "team-b/mnist" })).toBe(false);
    expect(may(caller, "model.read", fraud)).toBe(false);
  });

  test("that deny win over grants that allow and over the role, from their level on", () => {
    const denied = grant({ effect: "deny", level: "edit", target: { on: "experiment", experimentId: "7" } });
    const caller = ann({ role: "admin", grants: [edits, denied] });
    expect(may(caller, "experiment.read", mnist)).toBe(true);
    expect(may(caller, "experiment.edit", mnist)).toBe(false);
    expect(may(caller, "experiment.manage", mnist)).toBe(false);
    expect(decide(caller, "experiment.edit", mnist).grants).toEqual([denied]);
    expect(may(ann({ administrator: true, grants: [denied] }), "experiment.edit", mnist)).toBe(true);
  });
});

describe("aliases", () => {
  const champion: SecuredObject = { kind: "alias", model: "fraud", alias: "champion" };
  const protectedAliases = ["*@champion"];

  test("move with an edit unless they are protected", () => {
    expect(may(ann({ role: "editor" }), "alias.move", champion)).toBe(true);
    expect(may(ann({ role: "editor", protectedAliases }), "alias.move", champion)).toBe(false);
    expect(may(ann({ role: "admin", protectedAliases }), "alias.move", champion)).toBe(true);
  });

  test("can be granted and denied by themselves", () => {
    const target = { on: "alias", pattern: "fraud@*" } as const;
    expect(
      may(ann({ role: "viewer", protectedAliases, grants: [grant({ target })] }), "alias.move", champion),
    ).toBe(true);
    expect(may(ann({ role: "viewer", grants: [grant({ target })] }), "alias.move")).toBe(true);
    const denied = grant({ effect: "deny", target });
    expect(may(ann({ role: "admin", grants: [denied] }), "alias.move", champion)).toBe(false);
  });

  test("of a model that may not be read do not move", () => {
    const denied = grant({ effect: "deny", target: { on: "model", pattern: "fraud" } });
    const allowed = grant({ target: { on: "alias", pattern: "fraud@*" } });
    expect(may(ann({ role: "editor", grants: [denied, allowed] }), "alias.move", champion)).toBe(false);
  });
});

describe("tokens", () => {
  const owner = { administrator: true, role: "admin" } as const;

  test("for reading change nothing", () => {
    const caller = ann({ ...owner, scope: { access: "read" } });
    expect(permissionNames.filter((permission) => may(caller, permission))).toEqual([
      "public",
      "account",
      "experiment.read",
      "artifact.read",
      "model.read",
      "workspace.read",
      "server.read",
    ]);
  });

  test("for logging write what a training job writes, and read nothing", () => {
    const caller = ann({ ...owner, scope: { access: "ingest" } });
    expect(permissionNames.filter((permission) => may(caller, permission))).toEqual([
      "public",
      "account",
      "experiment.log",
      "points.write",
      "artifact.write",
    ]);
  });

  test("for one experiment are good for nothing else", () => {
    const caller = ann({ ...owner, scope: { access: "all", experimentIds: ["7"] } });
    expect(may(caller, "experiment.manage", mnist)).toBe(true);
    expect(may(caller, "experiment.read", { ...mnist, experimentId: "8" })).toBe(false);
    expect(may(caller, "model.read", fraud)).toBe(false);
    expect(may(caller, "experiment.create")).toBe(false);
    expect(may(caller, "server.manage")).toBe(false);
  });

  test("for one workspace are good for nothing of the whole server", () => {
    const caller = ann({ ...owner, scope: { access: "all", workspace: "default" } });
    const denied = permissionNames.filter((permission) => !may(caller, permission));
    expect(denied).toEqual(["server.read", "server.manage"]);
    expect(decide(caller, "server.manage").reason).toBe(
      "this token is for workspace 'default' only, and that takes server.manage",
    );
  });

  test("never allow more than their owner may do", () => {
    expect(may(ann({ role: "viewer", scope: { access: "all" } }), "experiment.edit", mnist)).toBe(false);
  });
});

test("the condition for searches says of every object what the decision says", () => {
  const targets: Grant["target"][] = [
    { on: "experiment", experimentId: "7" },
    { on: "experiment", pattern: "team-*" },
    { on: "experiment", pattern: "team-b/*" },
    { on: "model", pattern: "*" },
  ];
  const grants = targets.flatMap((target) =>
    (["allow", "deny"] as const).flatMap((effect) =>
      (["read", "edit"] as const).map((level) => grant({ effect, level, target })),
    ),
  );
  const objects = ["team-a/x", "team-b/y", "other"].flatMap((name) =>
    ["7", "8"].map((experimentId) => ({ kind: "experiment", experimentId, name }) as const),
  );
  let compared = 0;
  for (const role of [undefined, "guest", "viewer", "editor"] as const)
    for (const one of grants)
      for (const other of grants)
        for (const scope of [
          undefined,
          { access: "read" },
          { access: "all", experimentIds: ["8"] },
        ] as const) {
          const caller = ann({ role, grants: [one, other], scope });
          const filter = readable(caller, "experiment");
          for (const object of objects) {
            expect(passes(filter, object)).toBe(may(caller, "experiment.read", object));
            compared += 1;
          }
        }
  expect(compared).toBe(4 * 16 * 16 * 3 * 6);
});

function passes(
  filter: ReturnType<typeof readable>,
  object: { experimentId: string; name: string },
): boolean {
  if (filter === "all") return true;
  const named = (names: { ids: readonly string[]; patterns: readonly string[] }) =>
    names.ids.includes(object.experimentId) ||
    names.patterns.some((pattern) =>
      new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("/", "\\/")}$`, "s").test(object.name),
    );
  if (filter.within !== undefined && !filter.within.includes(object.experimentId)) return false;
  return (filter.allow === "all" || named(filter.allow)) && !named(filter.deny);
}
