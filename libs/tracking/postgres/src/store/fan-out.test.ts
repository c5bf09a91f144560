import type { Change } from "@runweir/tracking-domain";
import { expect, test } from "vitest";
import { createFanOut } from "./fan-out.ts";

const metrics: Change = { kind: "metrics", experimentId: "1", runId: "a" };
const renamed: Change = { kind: "experiment", experimentId: "1" };

function listen(fanOut: ReturnType<typeof createFanOut>, filter: { experimentId?: string; runId?: string }) {
  const heard: Change[] = [];
  const subscriber = {
    filter: { workspace: "default", ...filter },
    listener: (change: Change) => heard.push(change),
  };
  fanOut.add(subscriber);
  return { heard, subscriber };
}

test("a change reaches those who asked for its run, its experiment or everything, and nobody else", () => {
  const fanOut = createFanOut();
  const everything = listen(fanOut, {});
  const experiment = listen(fanOut, { experimentId: "1" });
  const run = listen(fanOut, { runId: "a" });
  const both = listen(fanOut, { experimentId: "1", runId: "a" });
  const otherRun = listen(fanOut, { runId: "b" });
  const otherExperiment = listen(fanOut, { experimentId: "2" });
  fanOut.deliver({ workspace: "default", change: metrics });
  fanOut.deliver({ workspace: "elsewhere", change: metrics });
  for (const one of [everything, experiment, run, both]) expect(one.heard).toEqual([metrics]);
  for (const one of [otherRun, otherExperiment]) expect(one.heard).toEqual([]);
});

test("who watches a run hears of its experiment too", () => {
  const fanOut = createFanOut();
  const run = listen(fanOut, { runId: "a" });
  const inFirst = listen(fanOut, { experimentId: "1", runId: "a" });
  const inSecond = listen(fanOut, { experimentId: "2", runId: "b" });
  fanOut.deliver({ workspace: "default", change: renamed });
  expect(run.heard).toEqual([renamed]);
  expect(inFirst.heard).toEqual([renamed]);
  expect(inSecond.heard).toEqual([]);
});

test("after a break everybody is told that what they watch may have changed; who has gone is told nothing", () => {
  const fanOut = createFanOut();
  const run = listen(fanOut, { runId: "a" });
  const gone = listen(fanOut, { runId: "a" });
  fanOut.remove(gone.subscriber);
  fanOut.remove(gone.subscriber);
  expect(fanOut.size).toBe(1);
  fanOut.deliverAny();
  fanOut.deliver({ workspace: "default", change: metrics });
  expect(run.heard).toEqual([{ kind: "run", experimentId: "", runId: "a" }, metrics]);
  expect(gone.heard).toEqual([]);
});
