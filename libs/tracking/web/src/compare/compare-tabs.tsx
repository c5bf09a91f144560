"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Tab, TabList, TabPanel, Tabs } from "@runweir/web-ui";
import { CurvesTab } from "./curves/curves-tab.tsx";
import { ImportanceTab } from "./importance/importance-tab.tsx";
import { ParallelTab } from "./parallel/parallel-tab.tsx";
import { TableTab } from "./table/table-tab.tsx";
import type { CompareView } from "./use-compare-view.ts";
import type { RunSet } from "./use-run-set.ts";

/** What every tab of the page is given. */
export interface CompareTabProps {
  readonly view: CompareView;
  readonly set: RunSet;
  /** Runs in the set; undefined while they are counted. */
  readonly total: number | undefined;
  readonly keys: KeyCatalog | undefined;
}

export function CompareTabs(props: CompareTabProps) {
  return (
    <Tabs value={props.view.tab} onValueChange={props.view.setTab} className="min-h-0 flex-1">
      <TabList label="Compare">
        <Tab value="table">Table</Tab>
        <Tab value="curves">Curves</Tab>
        <Tab value="parallel">Parallel</Tab>
        <Tab value="importance">Importance</Tab>
      </TabList>
      <TabPanel value="table" className="flex flex-col">
        <TableTab {...props} />
      </TabPanel>
      <TabPanel value="curves" className="flex flex-col">
        <CurvesTab {...props} />
      </TabPanel>
      <TabPanel value="parallel" className="flex flex-col">
        <ParallelTab {...props} />
      </TabPanel>
      <TabPanel value="importance" className="flex flex-col">
        <ImportanceTab {...props} />
      </TabPanel>
    </Tabs>
  );
}
