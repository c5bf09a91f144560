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

/** What cannot be run on this machine, and why: a failure under RUNWEIR_STRICT=1, a loud skip otherwise. */
export function withoutIt(what: string, why: string): Counts {
  const strict = process.env.RUNWEIR_STRICT === "1";
  console.log(`${strict ? "FAILED" : "SKIPPED"}, ${what}: ${why}`);
  return { passed: 0, failed: strict ? 1 : 0, skipped: strict ? 0 : 1 };
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
