import { describe, expect, test } from "vitest";
import { champion, openRequest as request, verdict } from "../../testing/requests.ts";
import type { CheckRun } from "../checks/check-run.ts";
import { type Policy, policySchema } from "../policy/policy.ts";
import type { ReviewRequest, Verdict } from "../request/review-request.ts";
import {
  hasEnded,
  nextState,
  requestActions,
  requestStates,
  transitions,
} from "../request/transition-table.ts";
import { assessRequest, type Situation } from "./assess-request.ts";

const policy = (rules: object): Policy => policySchema.parse({ name: "p", targets: ["*"], ...rules });
const check = (name: string, conclusion: CheckRun["conclusion"], headDigest = "head"): CheckRun => ({
  name,
  source: "external",
  status: conclusion ? "completed" : "in_progress",
  conclusion,
  title: undefined,
  summary: "",
  annotations: [],
  detailsUrl: undefined,
  startedTime: 0,
  completedTime: 0,
  runId: undefined,
  headDigest,
  inputDigest: undefined,
  reportedBy: "",
});

function missing(rules: object, more: Partial<Situation> = {}): readonly string[] {
  const situation: Situation = {
    request,
    policy: policy(rules),
    verdicts: [],
    checks: [],
    threads: [],
    now: 1_000,
    found: [{ target: champion, version: 1 }],
    ...more,
  };
  return assessRequest(situation).flatMap(({ isMet, text }) => (isMet ? [] : [text]));
}

describe("approvals", () => {
  test.each<[string, object, readonly Verdict[], readonly string[]]>([
    [
      "are counted once per person",
      { approvals: { count: 2 } },
      [verdict("a"), verdict("a")],
      ["1 of 2 approvals"],
    ],
    ["suffice", { approvals: { count: 2 } }, [verdict("a"), verdict("b")], []],
    ["of the author do not count", {}, [verdict("author")], ["0 of 1 approval"]],
    ["of the author may count", { no_self_approval: false }, [verdict("author")], []],
    ["of another head are stale", {}, [verdict("a", { headDigest: "old" })], ["0 of 1 approval"]],
    ["of another head may stay", { dismiss_stale: false }, [verdict("a", { headDigest: "old" })], []],
    [
      "taken back do not count",
      {},
      [verdict("a"), verdict("a", { kind: "request_changes" })],
      ["0 of 1 approval", "a asked for changes"],
    ],
    ["given after all count", {}, [verdict("a", { kind: "request_changes" }), verdict("a")], []],
    [
      "of a group are told apart",
      { approvals: { count: 1, groups: ["risk"] } },
      [verdict("a", { groups: ["other"] })],
      ["0 of 1 approval of risk"],
    ],
    [
      "of a role or a higher one",
      { approvals: { count: 0, roles: { editor: 1 } } },
      [verdict("a", { role: "admin" })],
      [],
    ],
    [
      "of a lower role do not count",
      { approvals: { count: 0, roles: { admin: 1 } } },
      [verdict("a")],
      ["0 of 1 approval of role admin"],
    ],
  ])("%s", (_what, rules, verdicts, expected) => {
    expect(missing(rules, { verdicts })).toEqual(expected);
  });

  test("owners have to approve as groups do", () => {
    const owned = { ...request, owners: ["consumers"] };
    expect(missing({}, { request: owned, verdicts: [verdict("a")] })).toEqual([
      "0 of 1 approval of consumers",
    ]);
    expect(missing({}, { request: owned, verdicts: [verdict("a", { groups: ["consumers"] })] })).toEqual([]);
  });
});

const nobody = { approvals: { count: 0 } };

test.each<[string, object, Partial<Situation>, readonly string[]]>([
  ["a check that has not reported", { checks: ["ci"] }, {}, ["Check ci has not reported"]],
  [
    "a check of another head",
    { checks: ["ci"] },
    { checks: [check("ci", "success", "old")] },
    ["Check ci has not reported"],
  ],
  [
    "a check that goes on",
    { checks: ["ci"] },
    { checks: [check("ci", undefined)] },
    ["Check ci is in progress"],
  ],
  [
    "a check that failed",
    { checks: ["ci"] },
    { checks: [check("ci", "timed_out")] },
    ["Check ci: timed out"],
  ],
  ["nothing, once it passed", { checks: ["ci"] }, { checks: [check("ci", "neutral")] }, []],
  [
    "another base",
    {},
    { found: [{ target: champion, version: 5 }] },
    ["@champion has moved: it was version 1, and is version 5"],
  ],
  ["a smaller batch", { max_batch: 1 }, { request: two() }, ["2 moves at once; the policy allows 1"]],
  ["its state", {}, { request: { ...request, state: "draft" } }, ["It is a draft"]],
  [
    "the end of a freeze",
    { freeze_windows: [{ name: "always", start: "1970-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z" }] },
    {},
    ["Frozen: always"],
  ],
  [
    "an answer to what was asked of a row",
    { require_resolved_threads: true },
    { threads: [thread("metrics:auc"), thread(undefined)] },
    ["1 unresolved thread"],
  ],
])("it needs %s", (_what, rules, more, expected) => {
  expect(missing({ ...nobody, ...rules }, more)).toEqual(expected);
});

test("the way back is free of approvals, checks and freezes for as long as the policy says", () => {
  const back = { ...request, preapprovedUntil: 2_000 };
  const rules = { checks: ["ci"] };
  expect(missing(rules, { request: back, now: 1_999 })).toEqual([]);
  expect(missing(rules, { request: back, now: 2_000 })).toEqual([
    "0 of 1 approval",
    "Check ci has not reported",
  ]);
});

test("every action leads where the table says, and no other does anything", () => {
  for (const state of requestStates)
    for (const action of requestActions) {
      const next = transitions[state][action];
      if (next === undefined) expect(() => nextState(state, action)).toThrow(`A request that is ${state}`);
      else expect(nextState(state, action)).toBe(next);
    }
  // What has ended is applied by nothing but being opened and decided again.
  for (const state of requestStates.filter(hasEnded))
    expect(Object.values(transitions[state])).not.toContain("applied");
  expect(() => nextState("open", "apply")).toThrow();
});

function two(): ReviewRequest {
  const moves = [champion, { kind: "alias", alias: "x" } as const].map((target) => ({
    target,
    from: 1,
    to: 2,
  }));
  return { ...request, subject: { kind: "moves", model: "m", moves } };
}

function thread(anchor: string | undefined) {
  return { threadId: 1, anchor, comments: [], resolvedBy: undefined, resolvedTime: undefined };
}
