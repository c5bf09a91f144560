import { expect, it } from "vitest";
import { chartSections, openSections } from "./chart-sections.ts";

it("puts metrics under what stands before their last slash, the machine's last", () => {
  expect(chartSections(["system/cpu", "m10", "m9", "val/auc", "val/top/5", "val/loss"], "")).toEqual([
    { name: "", metrics: ["m9", "m10"] },
    { name: "val", metrics: ["val/auc", "val/loss"] },
    { name: "val/top", metrics: ["val/top/5"] },
    { name: "system", metrics: ["system/cpu"] },
  ]);
});

it("keeps only what the search finds, in upper or lower case", () => {
  expect(chartSections(["val/AUC", "loss"], " auc ")).toEqual([{ name: "val", metrics: ["val/AUC"] }]);
});

it("many long names come under what they begin with, and only so many sections are open as have room", () => {
  const tasks = Array.from({ length: 2_000 }, (_, i) => `eval/task-${i}/score`);
  expect(chartSections([...tasks, "loss"], "").map(({ name, metrics }) => [name, metrics.length])).toEqual([
    ["eval", 2_000],
    ["", 1],
  ]);
  const layers = Array.from({ length: 10_000 }, (_, i) => `layer.${i % 100}/unit.${i}`);
  const sections = chartSections([...layers, "system/cpu"], "");
  expect(sections.length).toBe(101);
  expect([...openSections(sections)]).toEqual(["layer.0", "layer.1"]);
});

it("measurements of the machine begin closed, unless there is nothing else", () => {
  const open = (metrics: readonly string[]) => [...openSections(chartSections(metrics, ""))];
  expect(open(["system/cpu", "loss"])).toEqual([""]);
  expect(open(["system/cpu"])).toEqual(["system"]);
});
