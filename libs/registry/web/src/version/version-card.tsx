"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import {
  Card,
  CardHeader,
  CopyButton,
  Detail,
  DetailList,
  formatInstant,
  RelativeTime,
  Skeleton,
} from "@runweir/web-ui";
import { PersonName } from "../people/person-name.tsx";

export function VersionCard({ version }: { readonly version: ModelVersion | undefined }) {
  return (
    <Card aria-label="Version">
      <CardHeader title="Version" />
      {version === undefined ? (
        <div className="flex flex-col gap-3.5 px-3 pb-4">
          <Skeleton className="w-48" />
          <Skeleton className="w-36" />
          <Skeleton className="w-44" />
        </div>
      ) : (
        <DetailList>
          <Detail name="Made">
            {formatInstant(version.creationTime)},{" "}
            <RelativeTime at={version.creationTime} className="text-ink-3" />
          </Detail>
          {version.creatorId && (
            <Detail name="By">
              <PersonName id={version.creatorId} />
            </Detail>
          )}
          <Detail name="Stage">{version.stage}</Detail>
          {version.statusMessage && <Detail name="Status">{version.statusMessage}</Detail>}
          <Detail name="Source">
            <span className="flex items-center gap-1">
              <span className="num min-w-0 truncate" title={version.source}>
                {version.source}
              </span>
              <CopyButton text={version.source} label="Copy source" className="-my-1.5" />
            </span>
          </Detail>
        </DetailList>
      )}
    </Card>
  );
}
