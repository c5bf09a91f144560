"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  ErrorState,
  formatCount,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useParams } from "next/navigation";
import { useMemo } from "react";
import { ArtifactsTab } from "../artifacts/artifacts-tab.tsx";
import { isSystem } from "../charts/chart-sections.ts";
import { tagValue } from "../mlflow-tags.ts";
import { ImagesTab } from "./images-tab.tsx";
import { loggedTables } from "./logged-tables.ts";
import { Overview } from "./overview.tsx";
import { RunCharts } from "./run-charts.tsx";
import { RunHeader } from "./run-header.tsx";
import { TablesTab } from "./tables-tab.tsx";
import { type RunData, useRun } from "./use-run.ts";

const tabs = ["overview", "charts", "system", "images", "tables", "artifacts"] as const;
type RunTab = (typeof tabs)[number];

/** One run: what it is, what it logged, live. */
export function RunPage() {
  const { runId } = useParams<{ runId: string }>();
  const data = useRun(runId);
  const address = useAddress();
  const name = data.run && (data.run.info.runName || data.run.info.runId);
  useDocumentTitle(name);
  if (data.error !== undefined && data.run === undefined) {
    return (
      <ErrorState
        heading="h1"
        problem={describeError(data.error)}
        onRetry={data.retry}
        actions={
          <Button asChild>
            <ZoneLink href="/experiments">All experiments</ZoneLink>
          </Button>
        }
      />
    );
  }
  const tab = tabs.find((known) => known === address.get("tab")) ?? "overview";
  return (
    <div className="flex h-full min-h-0 flex-col">
      <RunHeader runId={runId} run={data.run} statistics={data.statistics} />
      <RunTabs
        runId={runId}
        data={data}
        tab={tab}
        onTab={(next) => address.set({ tab: next === "overview" ? undefined : next, path: undefined })}
      />
    </div>
  );
}

/** Names of metrics: the machine's, and the run's own. */
function divideNames(statistics: RunData["statistics"]) {
  const keys = statistics?.map(({ key }) => key);
  return { system: keys?.filter(isSystem), own: keys?.filter((key) => !isSystem(key)) };
}

function RunTabs({
  runId,
  data,
  tab,
  onTab,
}: {
  readonly runId: string;
  readonly data: RunData;
  readonly tab: RunTab;
  readonly onTab: (tab: RunTab) => void;
}) {
  const { run, statistics } = data;
  // Charts are divided and sorted anew only when there are other names: there may be a hundred thousand.
  const { system, own } = useMemo(() => divideNames(statistics), [statistics]);
  const tables = run && loggedTables(run.tags);
  // The Python client writes it in Python's way.
  const images = run && tagValue(run.tags, "mlflow.loggedImages")?.toLowerCase() === "true";
  return (
    <Tabs value={tab} onValueChange={onTab} className="min-h-0 flex-1">
      <TabList label="Run">
        <Tab value="overview">Overview</Tab>
        <Tab value="charts" count={own && formatCount(own.length)}>
          Charts
        </Tab>
        {(tab === "system" || (system?.length ?? 0) > 0) && (
          <Tab value="system" count={formatCount(system?.length ?? 0)}>
            System
          </Tab>
        )}
        {(tab === "images" || images) && <Tab value="images">Images</Tab>}
        {(tab === "tables" || (tables?.length ?? 0) > 0) && (
          <Tab value="tables" count={formatCount(tables?.length ?? 0)}>
            Tables
          </Tab>
        )}
        <Tab value="artifacts">Artifacts</Tab>
      </TabList>
      <TabPanel value="overview" className="overflow-y-auto">
        <Overview run={run} statistics={statistics} />
      </TabPanel>
      <TabPanel value="charts" className="overflow-y-auto">
        <RunCharts run={run} metrics={own} />
      </TabPanel>
      <TabPanel value="system" className="overflow-y-auto">
        <RunCharts run={run} metrics={system} />
      </TabPanel>
      <TabPanel value="images" className="overflow-y-auto">
        <ImagesTab runId={runId} live={run?.info.status === "RUNNING"} />
      </TabPanel>
      <TabPanel value="tables" className="overflow-y-auto">
        <TablesTab runId={runId} paths={tables} />
      </TabPanel>
      <TabPanel value="artifacts">
        <ArtifactsTab owner={{ kind: "run", runId }} live={run?.info.status === "RUNNING"} />
      </TabPanel>
    </Tabs>
  );
}
