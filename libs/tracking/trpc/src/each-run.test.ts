import { DomainError } from "@runweir/errors";
import { expect, it } from "vitest";
import { changeEachRun } from "./each-run.ts";

it("changes each run once and says which were refused, with the service's words", async () => {
  const asked: string[] = [];
  const outcome = await changeEachRun(["a", "b", "gone", "a"], async (runId) => {
    asked.push(runId);
    if (runId === "gone") throw new DomainError("not_found", "Run 'gone' not found");
  });
  expect(asked.toSorted()).toEqual(["a", "b", "gone"]);
  expect(outcome.changed.toSorted()).toEqual(["a", "b"]);
  expect(outcome.refused).toEqual([{ runId: "gone", message: "Run 'gone' not found" }]);
});

it("rejects when the database is away, instead of blaming the runs", async () => {
  const change = async () => {
    throw new DomainError("unavailable", "The database does not answer");
  };
  await expect(changeEachRun(["a"], change)).rejects.toThrow("does not answer");
});
