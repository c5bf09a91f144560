import { expect, it } from "vitest";
import { modelsInHistory } from "./models-in-history.ts";

it("lists each path once with its flavors, the general one left out", () => {
  const history = [
    { artifact_path: "model", flavors: { sklearn: {} } },
    { artifact_path: "model", flavors: { python_function: {}, xgboost: {} } },
    { artifact_path: "m-1", flavors: {}, model_id: "m-1" },
  ];
  expect(modelsInHistory(JSON.stringify(history))).toEqual([{ path: "model", flavors: ["xgboost"] }]);
});

it("lists none where the tag is not what the client writes", () => {
  for (const text of [undefined, "", "{}", '[1, null, {"artifact_path": 3}]'])
    expect(modelsInHistory(text)).toEqual([]);
});
