import { expect, test } from "vitest";
import { buildGroups } from "./build-groups.tsx";
import { createActions } from "./commands.ts";

const nothing = () => {};
const actions = createActions({
  createExperiment: nothing,
  copySnippet: nothing,
  copyAddress: nothing,
  setTheme: nothing,
  showHelp: nothing,
});
const found = {
  experiments: [
    {
      experimentId: "7",
      name: "dark-matter",
      artifactLocation: "mlflow-artifacts:/7",
      lifecycleStage: "active" as const,
      creationTime: 0,
      lastUpdateTime: 0,
      tags: [],
    },
  ],
  models: [],
  runs: [],
};

test("what is known at once stands before what the server finds, so that nothing moves when it comes", () => {
  const headings = buildGroups("dark", found, actions, nothing).map(({ heading }) => heading);
  expect(headings).toEqual(["Actions", "Experiments"]);
});

test("without a text the reader's own things stand before the actions", () => {
  const headings = buildGroups("", found, actions, nothing).map(({ heading }) => heading);
  expect(headings).toEqual(["Pages", "Experiments", "Actions"]);
});

test("an entry goes to its page", () => {
  const gone: string[] = [];
  const groups = buildGroups("matter", found, actions, (href) => gone.push(href));
  groups[0]?.entries[0]?.act();
  expect(gone).toEqual(["/experiments/7"]);
});
