"use client";

import { ArtifactsTab } from "@runweir/tracking-web";
import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  PageHeader,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { AliasBadge } from "../alias-badge.tsx";
import { HistoryTab } from "../history/history-tab.tsx";
import { modelHref, useModelAddress } from "../model-address.ts";
import { useRegistryApi } from "../registry-api.ts";
import { StageBadge } from "../stage-badge.tsx";
import { useVersionFacts } from "./use-version-facts.ts";
import { VersionActions } from "./version-actions.tsx";
import { VersionOverview } from "./version-overview.tsx";

const tabs = ["overview", "artifacts", "history"] as const;

/** One version: what it is made of, how good it is, what it takes and gives, and where it serves. */
export function VersionPage() {
  const { name, version: number } = useModelAddress();
  const api = useRegistryApi();
  const address = useAddress();
  const query = useQuery(api.versions.get.queryOptions({ name, version: number }));
  const version = query.data;
  useDocumentTitle(version && `${name} ${number}`);
  const facts = useVersionFacts(version);
  const tab = tabs.find((one) => one === address.get("tab")) ?? "overview";
  if (query.isError && version === undefined)
    return (
      <ErrorState
        heading="h1"
        problem={describeError(query.error)}
        onRetry={() => void query.refetch()}
        actions={
          <Button asChild>
            <ZoneLink href={modelHref(name)}>All versions</ZoneLink>
          </Button>
        }
      />
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        crumbs={[
          { label: "Models", href: "/models" },
          { label: name, href: modelHref(name) },
        ]}
        title={`Version ${number}`}
        badges={
          version && (
            <>
              {version.aliases.map((alias) => (
                <AliasBadge key={alias} alias={alias} />
              ))}
              {version.stage !== "None" && <StageBadge stage={version.stage} />}
              {version.status !== "READY" && (
                <Badge tone={version.status === "FAILED_REGISTRATION" ? "bad" : "live"}>
                  {version.status === "FAILED_REGISTRATION" ? "registration failed" : "being registered"}
                </Badge>
              )}
            </>
          )
        }
      >
        {version && <VersionActions version={version} />}
      </PageHeader>
      <Tabs
        value={tab}
        onValueChange={(next) =>
          address.set({ tab: next === "overview" ? undefined : next, path: undefined })
        }
        className="min-h-0 flex-1"
      >
        <TabList label="Version">
          <Tab value="overview">Overview</Tab>
          <Tab value="artifacts">Artifacts</Tab>
          <Tab value="history">History</Tab>
        </TabList>
        <TabPanel value="overview" className="overflow-y-auto">
          <VersionOverview version={version} facts={facts} />
        </TabPanel>
        <TabPanel value="artifacts">
          {facts.files && <ArtifactsTab owner={facts.files.owner} root={facts.files.folder} live={false} />}
          {facts.elsewhere && (
            <EmptyState title="The files are somewhere else">
              <p>
                This version was made of <code className="break-all">{version?.source}</code>, which belongs
                to no run and no logged model of this server.
              </p>
            </EmptyState>
          )}
        </TabPanel>
        <TabPanel value="history" className="overflow-y-auto">
          <HistoryTab name={name} version={number} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
