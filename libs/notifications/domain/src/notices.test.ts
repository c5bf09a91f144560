import { expect, test } from "vitest";
import { composeMail } from "./compose-mail.ts";
import { dueTime } from "./due-time.ts";
import { noticesOf } from "./notices-of.ts";
import { usualPreferences } from "./topic.ts";

const user = (id: string) => ({ kind: "user", id });
const request = {
  requestId: 7,
  title: "Promote version 3",
  isDraft: false,
  author: user("ann"),
  reviewers: [user("bob"), { kind: "group", id: "owners" }, { kind: "service-account", id: "ci" }],
  mentioned: [],
};
const event = (kind: string, actor = "ann") => ({
  workspace: "default",
  time: 1,
  kind,
  actor: { id: actor, name: actor },
  model: "fraud",
  subject: {},
});
const members = () => ["bob", "cid", "ann"];
const told = (...given: Parameters<typeof noticesOf>) =>
  noticesOf(...given).map(({ userId, topic }) => `${userId} ${topic}`);

test("reviewers are asked once, members of groups too, and never whoever asks", () => {
  expect(told(event("review.opened"), request, members)).toEqual([
    "bob review_requested",
    "cid review_requested",
  ]);
  expect(told(event("review.opened"), { ...request, isDraft: true }, members)).toEqual([]);
});

test("who is mentioned is told so, whatever else they would be told", () => {
  const named = { ...request, mentioned: [user("bob"), user("dan")] };
  expect(told(event("review.commented", "cid"), named, members)).toEqual([
    "bob mentioned",
    "dan mentioned",
    "ann state_changed",
  ]);
});

test("author and reviewers hear what became of it, and other things are told to nobody", () => {
  expect(told(event("review.applied", "bob"), request, members)).toEqual([
    "ann state_changed",
    "cid state_changed",
  ]);
  expect(told(event("review.check_completed"), request, members)).toEqual([]);
});

test("things are told at once, at the next hour of the day that was chosen, or never", () => {
  const at = (time: string) => Date.parse(time);
  const now = at("2026-11-26T07:00:00Z");
  const due = (wish: "at_once" | "daily" | "never", hour: number) =>
    dueTime("mentioned", { ...usualPreferences, mentioned: wish, dailyHour: hour }, now);
  expect(due("at_once", 7)).toBe(now);
  expect(due("never", 7)).toBeUndefined();
  expect(due("daily", 8)).toBe(at("2026-11-26T08:00:00Z"));
  expect(due("daily", 7)).toBe(at("2026-11-27T07:00:00Z"));
});

test("what people wrote stays in its line", () => {
  const line = 'ann asks for your review of "x\r\nBcc: all@example.org"';
  const one = composeMail([{ line, requestId: 7, model: "fraud" }], "https://runweir.example.org");
  expect(one.subject).not.toMatch(/[\r\n]/);
  expect(one.text).toContain("https://runweir.example.org/reviews/7");
  const many = composeMail(
    Array.from({ length: 60 }, (_, n) => ({ line: `line ${n}`, requestId: n, model: undefined })),
    "https://runweir.example.org",
  );
  expect(many.subject).toBe("60 news from Runweir");
  expect(many.text).toContain("And 10 more");
});
