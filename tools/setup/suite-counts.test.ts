import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./run-program.ts";
import { readCounts, readVitestReport, secondTries, slowestFiles, sum, words } from "./suite-counts.ts";

describe("a suite's own words", () => {
  test("the last line that counts is taken", () => {
    const output = "a: 1 passed, 0 failed, 0 skipped\nweb: 12 passed, 2 failed, 1 skipped\nbye\n";
    expect(readCounts(output, 1)).toEqual({ passed: 12, failed: 2, skipped: 1 });
  });

  test("silence is a failure, and so is a bad end after good counts", () => {
    expect(readCounts("", 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(readCounts("web: 12 passed, 0 failed, 0 skipped", 1).failed).toBe(1);
  });
});

describe("vitest's report", () => {
  const report = (change: object) =>
    JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [{ status: "passed", assertionResults: [{}] }],
      ...change,
    });

  test("pending and todo are skipped", () => {
    expect(readVitestReport(report({}), 0)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  test("a file that did not load is a failure", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    expect(readVitestReport(report({ testResults }), 1).failed).toBe(1);
  });

  test("no report, or a bad end without a failed test, is a failure", () => {
    expect(readVitestReport(undefined, 1).failed).toBe(1);
    expect(readVitestReport(report({}), 1).failed).toBe(1);
  });

  test("what passed only the second time is named, with what was wrong", () => {
    const of = (fullName: string, status: string, failureMessages: readonly string[]) => ({
      fullName,
      status,
      failureMessages,
    });
    const name = join(root, "libs/a.db.test.ts");
    const assertionResults = [
      of("good", "passed", []),
      of("late", "passed", ["Error: found 1\n    at x"]),
      of("bad", "failed", ["Error: found 2", "Error: found 2"]),
    ];
    expect(secondTries(report({ testResults: [{ name, assertionResults }] }))).toEqual([
      "FLAKY, passed only the second time: libs/a.db.test.ts > late: Error: found 1",
    ]);
  });

  test("the files that took longest come first", () => {
    const file = (name: string, startTime: number, endTime: number) => ({
      name: join(root, name),
      startTime,
      endTime,
    });
    const testResults = [
      file("a.test.ts", 0, 1_000),
      file("libs/b.test.ts", 500, 13_000),
      file("c.test.ts", 0, 10),
    ];
    expect(slowestFiles(report({ testResults }), 2)).toEqual([
      "    12.5 s  libs/b.test.ts",
      "     1.0 s  a.test.ts",
    ]);
  });
});

test("suites add up", () => {
  const one = { passed: 3, failed: 1, skipped: 0 };
  expect(words(sum([one, { ...one, skipped: 2 }]))).toBe("6 passed, 2 failed, 2 skipped");
});
