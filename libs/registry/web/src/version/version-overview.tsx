"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { fileUrl, KeyValueCard, ModelView } from "@runweir/tracking-web";
import { Card, CardHeader, Markdown, Skeleton } from "@runweir/web-ui";
import { LineageCard } from "../lineage/lineage-card.tsx";
import { LoadsCard } from "../loads/loads-card.tsx";
import { SnippetsCard } from "../model/snippets-card.tsx";
import type { VersionFacts } from "./use-version-facts.ts";
import { VersionCard } from "./version-card.tsx";
import { filePath } from "./version-files.ts";
import { VersionMetrics } from "./version-metrics.tsx";

export function VersionOverview({
  version,
  facts,
}: {
  /** undefined: still loading. */
  readonly version: ModelVersion | undefined;
  readonly facts: VersionFacts;
}) {
  const { files } = facts;
  const note = version?.description?.trim();
  return (
    <div className="grid items-start gap-3.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="grid min-w-0 gap-3.5">
        {note && (
          <Card aria-label="Description">
            <CardHeader title="Description" />
            <Markdown text={note} className="px-3 pb-3" />
          </Card>
        )}
        <VersionMetrics metrics={facts.metrics} />
        <Card aria-label="Signature">
          <CardHeader title="Signature" />
          {files ? (
            <ModelView url={fileUrl(files.owner, filePath(files, "MLmodel"))} name="MLmodel" />
          ) : facts.elsewhere ? (
            <p className="px-3 pb-3 text-sm text-ink-3">
              The files lie outside this server, and so does the signature.
            </p>
          ) : (
            <div className="flex flex-col gap-3.5 px-3 pb-4">
              <Skeleton className="w-48" />
              <Skeleton className="w-36" />
            </div>
          )}
        </Card>
        {version && <LineageCard name={version.name} version={version.version} />}
        {version && <LoadsCard name={version.name} version={version.version} />}
        {version && (
          <SnippetsCard
            name={version.name}
            of={
              version.aliases[0] === undefined ? { version: version.version } : { alias: version.aliases[0] }
            }
          />
        )}
      </div>
      <div className="grid min-w-0 gap-3.5">
        <VersionCard version={version} />
        <KeyValueCard title="Params" entries={facts.params} empty="No params." />
        <KeyValueCard title="Tags" entries={version?.tags} empty="No tags." />
      </div>
    </div>
  );
}
