/** A statement that somebody works on. */
export interface SqlTab {
  readonly id: string;
  readonly name: string;
  readonly sql: string;
  /** What was typed for each parameter. */
  readonly params: Readonly<Record<string, string>>;
  /** The saved query it came from, as it was seen. */
  readonly saved?: { readonly queryId: string; readonly version: number; readonly sql: string } | undefined;
}

export interface TabsState {
  readonly tabs: readonly SqlTab[];
  readonly activeId: string;
}

/** Whether there is something in the tab that is not in its saved query. */
export const isDirty = ({ saved, sql }: SqlTab): boolean => (saved ? saved.sql !== sql : sql.trim() !== "");

export function addTab(state: TabsState, tab: SqlTab): TabsState {
  return { tabs: [...state.tabs, tab], activeId: tab.id };
}

/** Closes a tab; the one beside it comes to the front, and the last one leaves an empty one. */
export function closeTab(state: TabsState, id: string, empty: SqlTab): TabsState {
  const place = state.tabs.findIndex((tab) => tab.id === id);
  const tabs = state.tabs.filter((tab) => tab.id !== id);
  const [first] = tabs;
  if (!first) return { tabs: [empty], activeId: empty.id };
  const beside = tabs[Math.min(Math.max(place, 0), tabs.length - 1)] ?? first;
  return { tabs, activeId: state.activeId === id ? beside.id : state.activeId };
}

export function changeTab(state: TabsState, id: string, change: Partial<SqlTab>): TabsState {
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) };
}

/** The next free name of its kind: Query 1, Query 2, ... */
export function freeName(tabs: readonly SqlTab[]): string {
  const taken = new Set(tabs.map(({ name }) => name));
  for (let number = 1; ; number++) if (!taken.has(`Query ${number}`)) return `Query ${number}`;
}

/** What a browser kept; undefined when that is nothing, or something of an other version of this page. */
export function parseTabs(text: string | undefined): TabsState | undefined {
  try {
    const state = JSON.parse(text ?? "null") as TabsState | null;
    const isWhole =
      state?.tabs.length &&
      state.tabs.every(
        (tab) =>
          typeof tab.id === "string" &&
          typeof tab.name === "string" &&
          typeof tab.sql === "string" &&
          typeof tab.params === "object",
      ) &&
      state.tabs.some((tab) => tab.id === state.activeId);
    return isWhole ? state : undefined;
  } catch {
    return undefined;
  }
}
