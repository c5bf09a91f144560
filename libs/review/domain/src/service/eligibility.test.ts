import { localOwner, noRights, type WorkspaceRole } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { type Policy, policySchema } from "../policy/policy.ts";
import type { ReviewRequest } from "../request/review-request.ts";
import { mayBreakGlass, whyNotApprove } from "./eligibility.ts";

const policy = (rules: object): Policy => policySchema.parse({ name: "p", targets: ["*"], ...rules });
const caller = (role: WorkspaceRole | undefined, administrator = false) => ({
  ...localOwner("r"),
  principal: { kind: "user", id: "ann", name: "ann" } as const,
  rights: { ...noRights, role, administrator },
});
const person = { kind: "user", id: "author", name: "author" };
const request = {
  subject: { kind: "moves", model: "m", moves: [] },
  author: person,
  candidateBy: person,
  owners: [],
} as unknown as ReviewRequest;

test.each<[string, WorkspaceRole | undefined, boolean, boolean]>([
  ["an admin of the workspace", "admin", false, true],
  ["an administrator of the server who is nothing in the workspace", undefined, true, true],
  ["an administrator of the server who is a viewer there", "viewer", true, true],
  ["an editor", "editor", false, false],
  ["who does not belong to it", undefined, false, false],
])("%s holds the role of an admin for policies", (_who, role, administrator, expected) => {
  const ann = caller(role, administrator);
  expect(mayBreakGlass(ann, policy({ break_glass: { roles: ["admin"] } }), [])).toBe(expected);
  // The group is named so that no edit of the model is enough.
  const rules = policy({ approvals: { groups: ["risk"], roles: { admin: 1 } } });
  expect(whyNotApprove(ann, request, rules, [])).toBe(expected ? undefined : "it takes a member of risk");
});

test("a higher role is enough, and without a word about it nobody breaks the glass", () => {
  expect(mayBreakGlass(caller("admin"), policy({ break_glass: { roles: ["editor"] } }), [])).toBe(true);
  expect(mayBreakGlass(caller("member"), policy({ break_glass: { roles: ["editor"] } }), [])).toBe(false);
  expect(
    mayBreakGlass(caller(undefined), policy({ break_glass: { groups: ["on-call"] } }), ["on-call"]),
  ).toBe(true);
  expect(mayBreakGlass(caller("admin", true), policy({}), [])).toBe(false);
});

test("administering the server approves nothing of one's own", () => {
  const own = { ...request, author: { kind: "user", id: "ann", name: "ann" } } as ReviewRequest;
  expect(whyNotApprove(caller("admin", true), own, policy({ approvals: { roles: { admin: 1 } } }), [])).toBe(
    "whoever opened a request does not approve it",
  );
});
