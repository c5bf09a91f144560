"use client";

import type { WireModel } from "@runweir/tracking-trpc";
import {
  Card,
  CardHeader,
  CopyButton,
  Detail,
  DetailList,
  formatInstant,
  RelativeTime,
  RunDot,
  Skeleton,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";

export function ModelCard({
  model,
  runName,
}: {
  readonly model: WireModel | undefined;
  /** Of the run that made it, once it is known. */
  readonly runName: string | undefined;
}) {
  return (
    <Card aria-label="Model">
      <CardHeader title="Model" />
      {model === undefined ? (
        <div className="flex flex-col gap-3.5 px-3 pb-4">
          <Skeleton className="w-48" />
          <Skeleton className="w-36" />
        </div>
      ) : (
        <DetailList>
          {model.modelType && <Detail name="Type">{model.modelType}</Detail>}
          <Detail name="Created">
            {formatInstant(model.creationTime)},{" "}
            <RelativeTime at={model.creationTime} className="text-ink-3" />
          </Detail>
          {model.statusMessage && <Detail name="Status">{model.statusMessage}</Detail>}
          {model.sourceRunId !== undefined && (
            <Detail name="Made by">
              <span className="flex items-center gap-1.5">
                <RunDot runId={model.sourceRunId} />
                <ZoneLink
                  href={`/runs/${model.sourceRunId}`}
                  title={model.sourceRunId}
                  className="truncate hover:underline"
                >
                  {runName || model.sourceRunId}
                </ZoneLink>
              </span>
            </Detail>
          )}
          <Detail name="Artifacts">
            <span className="flex items-center gap-1">
              <span className="num min-w-0 truncate" title={model.artifactUri}>
                {model.artifactUri}
              </span>
              <CopyButton text={model.artifactUri} label="Copy artifact location" className="-my-1.5" />
            </span>
          </Detail>
        </DetailList>
      )}
    </Card>
  );
}
