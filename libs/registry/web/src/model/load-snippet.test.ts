import { expect, test } from "vitest";
import { loadSnippet } from "./load-snippet.ts";

const origin = "http://127.0.0.1:5050";

test("Python loads by alias, or by version", () => {
  expect(loadSnippet("python", { origin, name: "fraud", of: { alias: "champion" } })).toContain(
    'load_model("models:/fraud@champion")',
  );
  expect(loadSnippet("python", { origin, name: "fraud", of: { version: 3 } })).toContain(
    'load_model("models:/fraud/3")',
  );
});

test("a name cannot leave the quotes it stands in", () => {
  const name = `a"b'c $(rm)`;
  expect(loadSnippet("python", { origin, name, of: { version: 1 } })).toContain(String.raw`a\"b'c $(rm)`);
  expect(loadSnippet("curl", { origin, name, of: { version: 1 } })).toBe(
    `curl '${origin}/api/2.0/mlflow/model-versions/get?name=a%22b%27c+%24%28rm%29&version=1'`,
  );
});
