import { expect, test } from "vitest";
import { pythonSnippet } from "./python-snippet.ts";

test("the snippet is three lines and logs to the address the page was read from", () => {
  const lines = pythonSnippet("http://gpu-7:5050").split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toBe('mlflow.set_tracking_uri("http://gpu-7:5050")');
});
