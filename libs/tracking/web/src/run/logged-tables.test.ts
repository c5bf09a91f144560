import { expect, it } from "vitest";
import { loggedTables } from "./logged-tables.ts";

const tag = (value: string) => [{ key: "mlflow.loggedArtifacts", value }];

it("lists each logged table once", () => {
  const listed = [
    { path: "answers.json", type: "table" },
    { path: "answers.json", type: "table" },
    { path: "x.png", type: "image" },
  ];
  expect(loggedTables(tag(JSON.stringify(listed)))).toEqual(["answers.json"]);
});

it("lists none where the tag is not what the client writes", () => {
  expect(loggedTables([])).toEqual([]);
  expect(loggedTables(tag("{"))).toEqual([]);
  expect(loggedTables(tag('[null, 3, {"type":"table"}]'))).toEqual([]);
});
