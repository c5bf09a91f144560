"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  ErrorState,
  PageHeader,
  Skeleton,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { ActivityTab } from "../activity/activity-tab.tsx";
import { AliasBadge } from "../alias-badge.tsx";
import { HistoryTab } from "../history/history-tab.tsx";
import { useModelAddress } from "../model-address.ts";
import { PermissionsTab } from "../permissions/permissions-tab.tsx";
import { useRegistryApi } from "../registry-api.ts";
import { WebhooksTab } from "../webhooks/webhooks-tab.tsx";
import { ModelMenu } from "./model-menu.tsx";
import { ModelOverview } from "./model-overview.tsx";
import { VersionsTab } from "./versions-tab.tsx";

const tabs = ["overview", "versions", "history", "activity", "permissions", "webhooks"] as const;

/** A registered model: what serves now, what it is, and every version it ever had. */
export function ModelPage() {
  const { name } = useModelAddress();
  const api = useRegistryApi();
  const address = useAddress();
  const query = useQuery(api.models.get.queryOptions({ name }));
  const model = query.data;
  useDocumentTitle(model?.name);
  const tab = tabs.find((one) => one === address.get("tab")) ?? "overview";
  if (query.isError && model === undefined)
    return (
      <ErrorState
        heading="h1"
        problem={describeError(query.error)}
        onRetry={() => void query.refetch()}
        actions={
          <Button asChild>
            <ZoneLink href="/models">All models</ZoneLink>
          </Button>
        }
      />
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        crumbs={[{ label: "Models", href: "/models" }]}
        title={model?.name ?? <Skeleton className="h-4 w-36" />}
        badges={model?.aliases.slice(0, 3).map((one) => <AliasBadge key={one.alias} {...one} />)}
      >
        {model && <ModelMenu model={model} />}
      </PageHeader>
      <Tabs
        value={tab}
        onValueChange={(next) => address.set({ tab: next === "overview" ? undefined : next })}
        className="min-h-0 flex-1"
      >
        <TabList label="Model">
          <Tab value="overview">Overview</Tab>
          <Tab value="versions">Versions</Tab>
          <Tab value="history">History</Tab>
          <Tab value="activity">Activity</Tab>
          <Tab value="permissions">Permissions</Tab>
          <Tab value="webhooks">Webhooks</Tab>
        </TabList>
        <TabPanel value="overview" className="overflow-y-auto">
          <ModelOverview name={name} model={model} />
        </TabPanel>
        <TabPanel value="versions" className="overflow-y-auto">
          <VersionsTab name={name} />
        </TabPanel>
        <TabPanel value="history" className="overflow-y-auto">
          <HistoryTab name={name} />
        </TabPanel>
        <TabPanel value="activity" className="overflow-y-auto">
          <ActivityTab name={name} />
        </TabPanel>
        <TabPanel value="permissions" className="overflow-y-auto">
          <PermissionsTab name={name} />
        </TabPanel>
        <TabPanel value="webhooks" className="overflow-y-auto">
          <WebhooksTab name={name} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
