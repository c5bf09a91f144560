export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function words({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

export function sum(all: readonly Counts[]): Counts {
  const total = (key: keyof Counts) => all.reduce((count, counts) => count + counts[key], 0);
  return { passed: total("passed"), failed: total("failed"), skipped: total("skipped") };
}

/** pytest's JUnit report; a run that ended badly without a failed test (none collected, crashed) is one failure. */
export function readJunit(report: string | undefined, status: number): Counts {
  const attribute = (name: string) =>
    Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(report ?? "")?.[1] ?? 0);
  const skipped = attribute("skipped");
  const failed = attribute("failures") + attribute("errors");
  return {
    passed: attribute("tests") - failed - skipped,
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped,
  };
}
