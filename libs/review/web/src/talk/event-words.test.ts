import { expect, test } from "vitest";
import { eventWords } from "./event-words.ts";

test("an event says what it knows, and nothing that is no plain value", () => {
  expect(eventWords({ kind: "closed", detail: { reason: "superseded" } })).toBe("closed it: superseded");
  expect(eventWords({ kind: "pushed", detail: { version: 42 } })).toBe(
    "put another version in its place, version 42",
  );
  expect(eventWords({ kind: "check_completed", detail: { name: "card", conclusion: "failure" } })).toBe(
    "finished a check: card (failure)",
  );
  const ran = { checks: ["card", "metrics", "signature"], failed: ["card", "metrics"] };
  expect(eventWords({ kind: "check_completed", detail: ran })).toBe("ran 3 checks, failed: card, metrics");
  expect(eventWords({ kind: "check_completed", detail: { checks: ["card"], failed: [] } })).toBe(
    "ran a check",
  );
  expect(eventWords({ kind: "approved", detail: { reason: { deep: 1 } } })).toBe("approved");
});
