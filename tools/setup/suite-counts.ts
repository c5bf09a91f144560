import { relative } from "node:path";
import { root } from "./run-program.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Suite extends Counts {
  readonly name: string;
  readonly seconds: number;
}

export function words({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

export function sum(suites: readonly Counts[]): Counts {
  return suites.reduce<Counts>(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The last line that counts, like `web: 12 passed, 0 failed, 1 skipped`. A suite that ended badly, or without saying
 * how it went, has at least one failure.
 */
export function readCounts(output: string, status: number): Counts {
  const line = output.split("\n").findLast((text) => countLine.test(text));
  const [, passed, failed, skipped] = countLine.exec(line ?? "") ?? [];
  return admitFailure(
    { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: Number(skipped ?? 0) },
    status === 0 && line !== undefined,
  );
}

const countLine = /\b(\d+) passed, (\d+) failed, (\d+) skipped\b/;

/** Vitest's JSON report. A file that does not load fails as a whole and has no tests of its own to count. */
export function readVitestReport(report: string | undefined, status: number): Counts {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    report,
  ) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
  };
  const unloadable = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return admitFailure(
    {
      passed: numPassedTests,
      failed: numFailedTests + unloadable,
      skipped: numPendingTests + numTodoTests,
    },
    status === 0,
  );
}

/** Where the time of a vitest run goes: a line for each of the files that took longest. */
export function slowestFiles(report: string, count = 12): readonly string[] {
  const { testResults } = JSON.parse(report) as {
    testResults: readonly { readonly name: string; readonly startTime: number; readonly endTime: number }[];
  };
  return testResults
    .map(({ name, startTime, endTime }) => ({
      name: relative(root, name),
      seconds: (endTime - startTime) / 1000,
    }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
}

/** What passed only the second time, each as a line with what was wrong at first: nobody may overlook it. */
export function secondTries(report: string): readonly string[] {
  const { testResults } = JSON.parse(report) as {
    testResults: readonly {
      readonly name: string;
      readonly assertionResults: readonly {
        readonly fullName: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  };
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
      .map(
        ({ fullName, failureMessages: [first = ""] }) =>
          `FLAKY, passed only the second time: ${relative(root, name)} > ${fullName}: ${first.split("\n", 1)[0]}`,
      ),
  );
}

function admitFailure(counts: Counts, good: boolean): Counts {
  return good || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
