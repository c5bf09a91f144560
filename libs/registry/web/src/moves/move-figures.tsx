"use client";

import type { BulkJob } from "@runweir/registry-trpc";
import {
  Card,
  CardHeader,
  Detail,
  DetailList,
  formatCount,
  Progress,
  RelativeTime,
  Skeleton,
} from "@runweir/web-ui";
import { PersonName } from "../people/person-name.tsx";
import { countModels, describeModels } from "./move-words.ts";

/** Of how many models it is, what becomes of the others, who planned it and why. */
export function MoveFigures({ job }: { readonly job: BulkJob | undefined }) {
  if (job === undefined)
    return (
      <Card aria-label="Plan" aria-busy className="flex flex-col gap-2 p-3">
        {["w-48", "w-64", "w-40", "w-56"].map((width) => (
          <Skeleton key={width} className={width} />
        ))}
      </Card>
    );
  const { request, selected, items, refused, actor, creationTime } = job;
  const unchanged = selected - items - refused;
  const { models, reason } = request;
  return (
    <Card aria-label="Plan">
      <CardHeader title="Plan" />
      <Bar job={job} />
      <DetailList>
        <Detail name="Of">
          {describeModels(models)}
          {models.owner !== undefined && (
            <>
              {" "}
              of <PersonName id={models.owner} />
            </>
          )}
          : {countModels(selected)}
        </Detail>
        <Detail name="To move">
          {items > 0
            ? countModels(items)
            : `nothing: ${refused > 0 ? "all that would change are left out" : "none of them would change"}`}
        </Detail>
        {unchanged > 0 && (
          <Detail name="Unchanged">{countModels(unchanged)}: already there, or without such a version</Detail>
        )}
        {refused > 0 && (
          <Detail name="Left out">{countModels(refused)}: protected, or without permission</Detail>
        )}
        <Detail name="Planned by">
          {actor.name} <RelativeTime at={creationTime} className="text-ink-3" />
        </Detail>
        {reason !== undefined && <Detail name="Why">{reason}</Detail>}
      </DetailList>
    </Card>
  );
}

function Bar({ job }: { readonly job: BulkJob }) {
  if (job.state === "planned") return null;
  const { done, of } = job.progress;
  const { moved, skipped, undone, kept } = job;
  const said = [
    `${formatCount(moved)} moved`,
    ...(skipped > 0 ? [`${formatCount(skipped)} had moved since the plan, and stayed`] : []),
    ...(undone > 0 ? [`${formatCount(undone)} moved back`] : []),
    ...(kept > 0 ? [`${formatCount(kept)} had moved on, and stayed`] : []),
  ].join(" · ");
  return (
    <div className="flex flex-col gap-1.5 px-3 pb-3 text-sm">
      <Progress value={of === 0 ? 1 : done / of} label={`${formatCount(done)} of ${formatCount(of)}`} />
      <p className="flex flex-wrap gap-x-3 text-ink-2" aria-live="polite">
        <span className="tabular-nums">
          {formatCount(done)} of {formatCount(of)}
        </span>
        <span>{said}</span>
      </p>
    </div>
  );
}
