import { expect, it } from "vitest";
import {
  columnId,
  defaultColumns,
  keysOf,
  parseColumn,
  type RunColumn,
  readColumns,
  writeColumns,
} from "./run-column.ts";

it("brings any column through the address and back", () => {
  const columns: RunColumn[] = [
    { entity: "metric", key: "val/auc, 100% sure" },
    { entity: "param", key: "%2C" },
    { entity: "tag", key: "a.b.c" },
    { entity: "attribute", key: "start_time" },
  ];
  expect(readColumns(writeColumns(columns))).toEqual(columns);
});

it("leaves out what is no column", () => {
  expect(readColumns("metrics.,nothing,params.lr")).toEqual([{ entity: "param", key: "lr" }]);
  expect(parseColumn("metric.loss")).toBeUndefined();
  expect(columnId({ entity: "metric", key: "loss" })).toBe("metrics.loss");
});

it("starts with what most runs have, system metrics aside", () => {
  const columns = defaultColumns({
    metrics: ["system/cpu", "loss", "auc"].map((key) => ({ key, runs: 5 })),
    params: [{ key: "lr", runs: 5 }],
    tags: [],
  });
  expect(keysOf(columns)).toMatchObject({ metrics: ["loss", "auc"], params: ["lr"] });
});
