import { expect, test } from "vitest";
import {
  readGranted,
  readResource,
  readWorkspaceRole,
  writeGranted,
  writeResource,
  writeWorkspaceRole,
} from "./role-permission.ts";

test.each([
  ["experiment", "42", { on: "experiment", experimentId: "42" }],
  ["experiment", "*", { on: "experiment", pattern: "*" }],
  ["registered_model", "fraud", { on: "model", pattern: "fraud" }],
  ["registered_model", "*", { on: "model", pattern: "*" }],
] as const)("%s %s is a grant's target and is told as it came", (type, pattern, target) => {
  expect(readResource(type, pattern)).toEqual(target);
  expect(writeResource(target)).toEqual({ resource_type: type, resource_pattern: pattern });
});

test("what is not here is refused by name, and what MLflow has no word for is not told", () => {
  expect(() => readResource("gateway_secret", "*")).toThrow("Invalid resource type 'gateway_secret'");
  expect(() => readResource("workspace", "vision")).toThrow("Invalid resource_pattern 'vision'");
  expect(() => readResource("registered_model", "fraud*")).toThrow("name is 'fraud*'");
  expect(writeResource({ on: "alias", pattern: "fraud@champion" })).toBeUndefined();
});

test("a denying grant is DENY, also one that MLflow cannot say, and no permission is none", () => {
  expect(readGranted("DENY")).toEqual({ effect: "deny", level: "read" });
  expect(writeGranted({ effect: "deny", level: "manage" })).toBe("DENY");
  expect(() => readGranted("NO_PERMISSIONS")).toThrow("use DENY");
  expect(() => readGranted("OWNER")).toThrow("Invalid permission 'OWNER'");
});

test("on a workspace MLflow knows who belongs to it and who manages it", () => {
  expect([readWorkspaceRole("USE"), readWorkspaceRole("MANAGE")]).toEqual(["member", "admin"]);
  for (const permission of ["READ", "EDIT", "DENY"])
    expect(() => readWorkspaceRole(permission)).toThrow("accept only: MANAGE, USE");
  expect(writeWorkspaceRole("guest")).toBeUndefined();
  expect(writeWorkspaceRole("editor")).toBe("EDIT");
});
