import { expect, test } from "vitest";
import { policyWords } from "./policy-words.ts";

const least = {
  approvals: { count: 0, groups: [], roles: {} },
  checks: [],
  no_self_approval: false,
  dismiss_stale: false,
  require_current_base: false,
  require_resolved_threads: false,
  freeze_windows: [],
};

test("a policy is told by all that it asks for, and by nothing else", () => {
  expect(policyWords(least)).toBe("0 approvals");
  const window = { start: "2026-12-20T00:00:00Z", end: "2027-01-02T00:00:00Z" };
  expect(
    policyWords({
      approvals: { count: 1, groups: [{ group: "risk-owners", count: 2 }], roles: { admin: 1 } },
      checks: ["signature", "ci/bias"],
      no_self_approval: true,
      dismiss_stale: true,
      require_current_base: true,
      require_resolved_threads: true,
      freeze_windows: [window],
    }),
  ).toBe(
    "1 approval, 2 of risk-owners, 1 of role admin, no self-approval, approvals go stale, base must be current, threads resolved, checks signature, ci/bias, 1 freeze window",
  );
});
