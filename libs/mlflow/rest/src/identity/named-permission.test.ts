import { expect, test } from "vitest";
import { grantOf, nameOf } from "./named-permission.ts";

test.each([
  ["NO_PERMISSIONS", "deny", "read", "NO_PERMISSIONS"],
  ["DENY", "deny", "read", "NO_PERMISSIONS"],
  ["READ", "allow", "read", "READ"],
  ["USE", "allow", "read", "READ"],
  ["EDIT", "allow", "edit", "EDIT"],
  ["MANAGE", "allow", "manage", "MANAGE"],
] as const)("%s is %s %s, and is told as %s", (permission, effect, level, told) => {
  expect(grantOf(permission)).toEqual({ effect, level });
  expect(nameOf({ effect, level })).toBe(told);
});

test("a grant that MLflow has no name for is told as less than it is, never as more", () => {
  expect(nameOf({ effect: "allow", level: "production" })).toBe("EDIT");
  expect(nameOf({ effect: "deny", level: "edit" })).toBe("READ");
  expect(nameOf({ effect: "deny", level: "manage" })).toBe("EDIT");
});

test("another name is refused with those there are", () => {
  expect(() => grantOf("OWNER")).toThrow(
    "Invalid permission 'OWNER'. Valid permissions are: DENY, NO_PERMISSIONS, READ, USE, EDIT, MANAGE",
  );
});
