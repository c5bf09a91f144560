import type { Caller } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";
import fc from "fast-check";

/** Texts that engines might compare, order or match differently. */
export const texts = [
  "",
  "a",
  "A",
  "ab",
  "aB",
  "a%b",
  "a_b",
  "a\\b",
  "it's",
  '"quoted"',
  " a",
  "é",
  "e\u0301",
  "ß",
  "Ω",
  "\uffee",
  "\u{1f600}",
  "10",
  "9",
  "line\nbreak",
] as const;

export const metricKeys = ["loss", "val/größe", "a b", "never"] as const;
export const textKeys = ["lr", "opt im", "größe", "never"] as const;

export const numbers = [
  0,
  -0,
  0.1,
  0.5,
  -0.5,
  1,
  1e300,
  -1e-300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
] as const;

export const startTimes = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 9_007_199_254_740_991] as const;

const run = fc.record({
  experiment: fc.nat(2),
  startTime: fc.constantFrom(...startTimes),
  name: fc.constantFrom(...texts.filter((text) => text.trim() !== "")),
  user: fc.constantFrom("ada", "grace", "Ω"),
  end: fc.option(fc.constantFrom(...startTimes), { freq: 2 }),
  deleted: fc.nat(9).map((n) => n === 0),
  metrics: fc.array(
    fc.record({
      key: fc.constantFrom(...metricKeys.slice(0, 3)),
      value: fc.constantFrom(...numbers),
      step: fc.nat(2),
      timestamp: fc.nat(2),
    }),
    { maxLength: 6 },
  ),
  params: fc.dictionary(fc.constantFrom(...textKeys.slice(0, 3)), fc.constantFrom(...texts)),
  tags: fc.dictionary(fc.constantFrom(...textKeys.slice(0, 3)), fc.constantFrom(...texts)),
  datasets: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("iris", "a%b", "ü"),
      digest: fc.constantFrom("d1", "d2"),
      context: fc.option(fc.constantFrom("", "train", "test")),
    }),
    { maxLength: 2, selector: ({ name, digest }) => `${name} ${digest}` },
  ),
});

/** Logs that many runs of three experiments, whose ids it resolves with. */
export async function logGeneratedRuns(
  tracking: Tracking,
  caller: Caller,
  options: { readonly seed: number; readonly runs: number },
): Promise<readonly string[]> {
  const experiments: string[] = [];
  for (const name of ["one", "two", "three"])
    experiments.push(await tracking.createExperiment(caller, { name }));
  for (const one of fc.sample(run, { seed: options.seed, numRuns: options.runs })) {
    const pairs = (of: Record<string, string>) => Object.entries(of).map(([key, value]) => ({ key, value }));
    const { info } = await tracking.createRun(caller, {
      experimentId: experiments[one.experiment] as string,
      runName: one.name,
      userId: one.user,
      startTime: one.startTime,
    });
    const { runId } = info;
    await tracking.logBatch(caller, {
      runId,
      metrics: one.metrics,
      params: pairs(one.params),
      tags: pairs(one.tags),
    });
    if (one.datasets.length > 0)
      await tracking.logInputs(caller, {
        runId,
        datasets: one.datasets.map(({ name, digest, context }) => ({
          dataset: { name, digest, sourceType: "local", source: "{}" },
          tags: context === null ? [] : [{ key: "mlflow.data.context", value: context }],
        })),
      });
    if (one.end !== null) await tracking.updateRun(caller, { runId, status: "FINISHED", endTime: one.end });
    if (one.deleted) await tracking.deleteRun(caller, runId);
  }
  return experiments;
}
