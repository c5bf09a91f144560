import { expect, test } from "vitest";
import {
  addTab,
  changeTab,
  closeTab,
  freeName,
  isDirty,
  parseTabs,
  type SqlTab,
  type TabsState,
} from "./sql-tabs.ts";

const tab = (id: string, sql = ""): SqlTab => ({ id, name: `Query ${id}`, sql, params: {} });
const state: TabsState = { tabs: [tab("1"), tab("2"), tab("3")], activeId: "2" };

test("a new tab comes to the front", () => {
  expect(addTab(state, tab("4"))).toMatchObject({ activeId: "4", tabs: { length: 4 } });
});

test("the one beside a closed tab comes to the front, the last one leaves an empty one", () => {
  expect(closeTab(state, "2", tab("9")).activeId).toBe("3");
  expect(closeTab({ ...state, activeId: "3" }, "3", tab("9")).activeId).toBe("2");
  expect(closeTab(state, "1", tab("9")).activeId).toBe("2");
  expect(closeTab({ tabs: [tab("1")], activeId: "1" }, "1", tab("9"))).toEqual({
    tabs: [tab("9")],
    activeId: "9",
  });
});

test("names are not given twice", () => {
  expect(freeName(state.tabs)).toBe("Query 4");
  expect(freeName([tab("2")])).toBe("Query 1");
});

test("what is not saved is dirty", () => {
  expect(isDirty(tab("1"))).toBe(false);
  expect(isDirty(tab("1", "FROM runs"))).toBe(true);
  const saved = { queryId: "a", version: 1, sql: "FROM runs" };
  expect(isDirty({ ...tab("1", "FROM runs"), saved })).toBe(false);
  expect(isDirty({ ...tab("1", "FROM params"), saved })).toBe(true);
});

test("tabs come back as they were kept, and anything else is as good as nothing", () => {
  const changed = changeTab(state, "2", { sql: "FROM runs" });
  expect(parseTabs(JSON.stringify(changed))).toEqual(changed);
  for (const text of [undefined, "", "{", "[]", '{"tabs":[]}', '{"tabs":[{"id":1}],"activeId":1}'])
    expect(parseTabs(text)).toBeUndefined();
});
