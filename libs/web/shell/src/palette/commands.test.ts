import { expect, test } from "vitest";
import { type Command, createActions, pages, rankCommands } from "./commands.ts";

const ids = (commands: readonly Command[]) => commands.map(({ id }) => id);
const nothing = () => {};
const actions = createActions({
  createExperiment: nothing,
  copySnippet: nothing,
  copyAddress: nothing,
  setTheme: nothing,
  showHelp: nothing,
});

test("without a text everything is offered in its own order", () => {
  expect(rankCommands(actions, "  ")).toEqual(actions);
});

test("a command is found by any part of its label and by its other words", () => {
  expect(ids(rankCommands(actions, "MLFLOW_TRACKING"))).toEqual(["copy-address"]);
  expect(ids(rankCommands(actions, "dark"))).toEqual(["dark"]);
  expect(ids(rankCommands(pages, "exp"))).toEqual(["experiments", "explain"]);
});

test("every word must be held", () => {
  expect(ids(rankCommands(actions, "copy python"))).toEqual(["copy-snippet"]);
  expect(rankCommands(actions, "copy nothing")).toEqual([]);
});

test("a label that begins with the text is better than a word of it, and that than a word beside it", () => {
  const command = (id: string, label: string, words = ""): Command => ({ id, label, words });
  const ranked = rankCommands(
    [command("aside", "Sign out", "new"), command("inside", "Make a new run"), command("first", "New run")],
    "new",
  );
  expect(ids(ranked)).toEqual(["first", "inside", "aside"]);
});

test("ids are unique, since the palette tells its rows apart by them", () => {
  const all = ids([...pages, ...actions]);
  expect(new Set(all).size).toBe(all.length);
});

test("an action does what it says", () => {
  const chosen: string[] = [];
  const [dark] = rankCommands(
    createActions({
      createExperiment: nothing,
      copySnippet: nothing,
      copyAddress: nothing,
      setTheme: (mode) => chosen.push(mode),
      showHelp: nothing,
    }),
    "dark",
  );
  dark?.run?.();
  expect(chosen).toEqual(["dark"]);
});
