"use client";

import type { RegisteredModel } from "@runweir/registry-trpc";
import { KeyValueCard } from "@runweir/tracking-web";
import { Card, CardHeader, Detail, DetailList, formatInstant, RelativeTime, Skeleton } from "@runweir/web-ui";
import { PersonName } from "../people/person-name.tsx";
import { ModelCard } from "./model-card.tsx";
import { ServingCard } from "./serving-card.tsx";
import { SnippetsCard } from "./snippets-card.tsx";
import { LatestVersions } from "./versions-tab.tsx";

export function ModelOverview({
  name,
  model,
}: {
  readonly name: string;
  /** undefined: still loading. */
  readonly model: RegisteredModel | undefined;
}) {
  const served = model && servedAs(model);
  return (
    <div className="grid items-start gap-3.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="grid min-w-0 gap-3.5">
        <ServingCard name={name} model={model} />
        <LatestVersions name={name} />
        <ModelCard model={model} />
      </div>
      <div className="grid min-w-0 gap-3.5">
        <Card aria-label="Model">
          <CardHeader title="Model" />
          {model === undefined ? (
            <div className="flex flex-col gap-3.5 px-3 pb-4">
              <Skeleton className="w-48" />
              <Skeleton className="w-36" />
            </div>
          ) : (
            <DetailList>
              {model.creatorId && (
                <Detail name="Owner">
                  <PersonName id={model.creatorId} />
                </Detail>
              )}
              <Detail name="Made">
                {formatInstant(model.creationTime)},{" "}
                <RelativeTime at={model.creationTime} className="text-ink-3" />
              </Detail>
              <Detail name="Last change">
                <RelativeTime at={model.lastUpdateTime} />
              </Detail>
            </DetailList>
          )}
        </Card>
        <KeyValueCard title="Tags" entries={model?.tags} empty="No tags." />
        {served && <SnippetsCard name={name} of={served} />}
      </div>
    </div>
  );
}

/** How one would ask for what serves: by the first alias, else the newest version. Without any there is nothing to load. */
function servedAs(model: RegisteredModel) {
  const alias = (model.aliases.find((one) => one.alias === "champion") ?? model.aliases[0])?.alias;
  if (alias !== undefined) return { alias };
  const versions = model.latestVersions.map((one) => one.version);
  return versions.length === 0 ? undefined : { version: Math.max(...versions) };
}
