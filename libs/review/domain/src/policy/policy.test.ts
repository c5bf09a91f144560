import { expect, test } from "vitest";
import { diffVersions } from "../diff/diff-versions.ts";
import type { VersionFacts } from "../facts/version-facts.ts";
import { openWindow } from "./freeze-window.ts";
import { parsePolicies } from "./parse-policies.ts";
import { openPolicy } from "./policy.ts";
import { ownersOf, policyOf, policyOfAll } from "./select-policy.ts";

const document = parsePolicies(`
policies:
  - name: production
    model: "fraud-*"
    targets: ["@champion", Production]
    approvals: {count: 2, groups: [risk-owners, {group: legal, count: 2}]}
  - name: aliases
    targets: ["@prod-*"]
owners:
  - {group: consumers, signature: breaking}
  - {group: data-owners, model: "fraud-*", section: data}
  - {group: deep, flavor: pytorch}
  - {group: eu, tag: {key: family, value: "eu-*"}}
`);

const champion = { kind: "alias", alias: "champion" } as const;
const production = { kind: "stage", stage: "Production" } as const;

test("what is not said has a default, and groups may be named alone", () => {
  expect(document.policies[0]).toMatchObject({
    approvals: {
      count: 2,
      groups: [
        { group: "risk-owners", count: 1 },
        { group: "legal", count: 2 },
      ],
    },
    dismiss_stale: true,
    no_self_approval: true,
    require_current_base: true,
    direct_moves: "deny",
  });
});

test("the first policy that names model and target counts, and no other", () => {
  expect(policyOf(document, "fraud-gbm", champion).name).toBe("production");
  expect(policyOf(document, "fraud-gbm", production).name).toBe("production");
  expect(policyOf(document, "other", champion)).toBe(openPolicy);
  // Aliases and stages are told apart: nobody protects an alias by naming a stage.
  expect(policyOf(document, "fraud-gbm", { kind: "alias", alias: "Production" })).toBe(openPolicy);
  expect(policyOf(document, "any", { kind: "alias", alias: "prod-eu" }).name).toBe("aliases");
  expect(policyOfAll(document, "fraud-gbm", [champion, { kind: "alias", alias: "free" }]).name).toBe(
    "production",
  );
  expect(() => policyOfAll(document, "fraud-x", [champion, { kind: "alias", alias: "prod-eu" }])).toThrow(
    "two policies, 'production' and 'aliases'",
  );
});

const facts = (more: Partial<VersionFacts>): VersionFacts => ({
  model: "fraud-gbm",
  version: 1,
  source: "s",
  runId: undefined,
  runName: undefined,
  evaluationRunIds: [],
  metrics: [],
  params: {},
  signature: undefined,
  flavors: [],
  tags: {},
  datasets: [],
  environment: undefined,
  code: undefined,
  files: [],
  filesCut: false,
  card: "",
  ...more,
});

test("owners are asked because of what a request is about and what it changes", () => {
  const input = [{ path: "a", type: "double", isRequired: true }];
  const base = facts({ signature: { inputs: [], outputs: [], params: [] } });
  const candidate = facts({
    signature: { inputs: input, outputs: [], params: [] },
    flavors: ["pytorch"],
    tags: { family: "eu-west" },
    datasets: [{ name: "tx", digest: "d", context: undefined, rows: 1, columns: [], profiles: [] }],
  });
  const owners = (model: string, from: VersionFacts, to: VersionFacts) =>
    ownersOf(document, model, [{ candidate: to, diff: diffVersions(from, to) }]);
  expect(owners("fraud-gbm", base, candidate)).toEqual(["consumers", "data-owners", "deep", "eu"]);
  expect(owners("other", base, candidate)).toEqual(["consumers", "deep", "eu"]);
  expect(owners("fraud-gbm", base, base)).toEqual([]);
});

test.each([
  ["policies: [", "Flow sequence"],
  ["policies:\n  - name: p\n", "line 2: policies[0].targets"],
  [
    "policies:\n  - name: p\n    targets: [a]\n    approvals: {count: many}",
    "line 4: policies[0].approvals.count",
  ],
  [
    "policies:\n  - {name: p, targets: [a]}\n  - {name: p, targets: [b]}",
    "line 3: there are two policies 'p'",
  ],
  [
    "policies:\n  - name: p\n    targets: [a]\n    metrics:\n      gates:\n        - auc >",
    "line 6: policies[0].metrics.gates[0]: Expression, column 6",
  ],
  ["policies:\n  - {name: p, targets: [a], strategy: canary}", "policies[0].strategy"],
  ["polices: []", "polices"],
])("%j is refused with its place", (text, problem) => {
  expect(() => parsePolicies(text)).toThrow(problem);
});

const weekend = [
  { days: ["fri"], from: "16:00", to: "08:00", timezone: "Europe/Berlin" },
  { name: "holidays", start: "2026-12-20T00:00:00Z", end: "2027-01-03T00:00:00Z" },
] as unknown as Parameters<typeof openWindow>[0];

test.each([
  // Berlin is an hour ahead of UTC then.
  ["2026-11-27T14:59:00Z", false],
  ["2026-11-27T15:00:00Z", true],
  ["2026-11-28T06:59:00Z", true],
  ["2026-11-28T07:00:00Z", false],
  ["2026-11-26T20:00:00Z", false],
  ["2026-12-19T23:59:59Z", false],
  ["2026-12-20T00:00:00Z", true],
  ["2027-01-03T00:00:00Z", false],
])("at %s it is frozen: %s", (time, isFrozen) => {
  expect(openWindow(weekend, Date.parse(time)) !== undefined).toBe(isFrozen);
});
