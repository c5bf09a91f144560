"use client";

import { keep, randomId, readKept } from "@runweir/web-ui";
import { useCallback, useEffect, useState } from "react";
import { addTab, changeTab, closeTab, freeName, parseTabs, type SqlTab, type TabsState } from "./sql-tabs.ts";

const storeKey = "runweir.sql.tabs";

/** What somebody sees who comes for the first time: a question that any server has an answer to. */
const firstSql = `-- the newest runs, with how long they took
SELECT run_name, status, start_time, end_time - start_time AS took
FROM runs
ORDER BY start_time DESC
LIMIT 100`;

const emptyTab = (tabs: readonly SqlTab[]): SqlTab => ({
  id: randomId(),
  name: freeName(tabs),
  sql: "",
  params: {},
});

/** The tabs of this browser; they survive a reload. Undefined until the browser was asked. */
export function useTabs() {
  const [state, setState] = useState<TabsState>();
  useEffect(() => {
    const first = { id: randomId(), name: "Newest runs", sql: firstSql, params: {} };
    setState(parseTabs(readKept(storeKey)) ?? { tabs: [first], activeId: first.id });
  }, []);
  useEffect(() => {
    if (state) keep(storeKey, JSON.stringify(state));
  }, [state]);
  const update = useCallback(
    (next: (state: TabsState) => TabsState) => setState((now) => now && next(now)),
    [],
  );
  return {
    state,
    open: useCallback(
      (tab: Omit<SqlTab, "id">) =>
        update((now) => {
          const known = tab.saved && now.tabs.find(({ saved }) => saved?.queryId === tab.saved?.queryId);
          return known ? { ...now, activeId: known.id } : addTab(now, { ...tab, id: randomId() });
        }),
      [update],
    ),
    add: useCallback(() => update((now) => addTab(now, emptyTab(now.tabs))), [update]),
    close: useCallback((id: string) => update((now) => closeTab(now, id, emptyTab([]))), [update]),
    show: useCallback((activeId: string) => update((now) => ({ ...now, activeId })), [update]),
    change: useCallback(
      (id: string, change: Partial<SqlTab>) => update((now) => changeTab(now, id, change)),
      [update],
    ),
  };
}
