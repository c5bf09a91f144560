import { expect, it } from "vitest";
import { chartSections } from "./chart-sections.ts";

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
