import { expect, it } from "vitest";
import { chartSections, inReadingOrder, openSections } from "./chart-sections.ts";

it("puts metrics under what stands before their last slash, the machine's last", () => {
  expect(chartSections(["system/cpu", "m10", "m9", "val/auc", "val/top/5", "val/loss"], "")).toEqual([
    { name: "", metrics: ["m10", "m9"] },
    { name: "val", metrics: ["val/auc", "val/loss"] },
    { name: "val/top", metrics: ["val/top/5"] },
    { name: "system", metrics: ["system/cpu"] },
  ]);
});

it("metrics are read by their names and numbers, and so are sections", () => {
  expect(inReadingOrder(["m10", "m9", "Loss", "acc"])).toEqual(["acc", "Loss", "m9", "m10"]);
  expect(chartSections(["l.10/a", "l.9/a", "zeta", "l.9/b"], "").map(({ name }) => name)).toEqual([
    "",
    "l.9",
    "l.10",
  ]);
});

it("keeps only what the search finds, in upper or lower case", () => {
  expect(chartSections(["val/AUC", "loss"], " auc ")).toEqual([{ name: "val", metrics: ["val/AUC"] }]);
});

it("many long names come under what they begin with, and only so many sections are open as have room", () => {
  const tasks = Array.from({ length: 2_000 }, (_, i) => `eval/task-${i}/score`);
  expect(chartSections([...tasks, "loss"], "").map(({ name, metrics }) => [name, metrics.length])).toEqual([
    ["", 1],
    ["eval", 2_000],
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
