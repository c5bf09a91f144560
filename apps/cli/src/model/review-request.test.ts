import { expect, test } from "vitest";
import { type AnsweredRequest, describeRequest, exitCodeOf } from "./review-request.ts";
import { waitForRequest } from "./wait-for-request.ts";

const open: AnsweredRequest = {
  id: 7,
  state: "open",
  title: "Promote",
  head_digest: "h",
  can_be_applied: false,
  checks: [],
  requirements: [{ kind: "approvals", met: false, text: "0 of 1 approval" }],
};
const failing = { name: "ci", conclusion: "failure", required: true, summary: "Too bad." };

test.each<[string, Partial<AnsweredRequest>, "approved" | "applied", number]>([
  ["open", {}, "applied", 3],
  ["ready", { state: "approved", can_be_applied: true }, "approved", 0],
  ["ready, but not applied", { state: "approved", can_be_applied: true }, "applied", 3],
  ["applied", { state: "applied" }, "applied", 0],
  ["rejected", { state: "rejected" }, "applied", 2],
  ["with a failing check", { checks: [failing] }, "approved", 2],
  ["with a failing check that nobody requires", { checks: [{ ...failing, required: false }] }, "approved", 3],
])("one that is %s", (_what, change, until, code) => {
  expect(exitCodeOf({ ...open, ...change }, until)).toBe(code);
});

test("it says what is missing", () => {
  expect(describeRequest({ ...open, checks: [failing] })).toBe(
    "Request 7 is open: Promote\n  ✕ 0 of 1 approval\n  ci: Too bad.",
  );
});

test("it is applied as soon as it can be, with the head that was looked at", async () => {
  const asked: string[] = [];
  const answers = [
    { ...open, state: "approved", can_be_applied: true },
    { ...open, state: "applied" },
  ];
  const { code } = await waitForRequest(
    async (path, init) => {
      asked.push(`${init?.method ?? "GET"} ${path} ${typeof init?.body === "string" ? init.body : ""}`);
      return answers.shift();
    },
    7,
    { until: "applied", apply: true, seconds: 10, show: () => {} },
  );
  expect(code).toBe(0);
  expect(asked).toEqual(["GET /api/reviews/7 ", 'POST /api/reviews/7/apply {"head_digest":"h"}']);
});

test("it gives up when the time is over", async () => {
  const shown: string[] = [];
  const { code } = await waitForRequest(async () => open, 7, {
    until: "applied",
    apply: false,
    seconds: 0,
    show: (text) => shown.push(text),
  });
  expect([code, shown]).toEqual([3, []]);
});
