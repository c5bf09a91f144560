"use client";

import { Button, Card, CardHeader, RelativeTime, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";

export interface ExperimentItem {
  readonly experimentId: string;
  readonly name: string;
  readonly lastUpdateTime: number;
}

export function ExperimentList({
  experiments,
}: {
  readonly experiments: readonly ExperimentItem[] | undefined;
}) {
  return (
    <Card aria-label="Recent experiments">
      <CardHeader title="Recent experiments">
        <Button asChild variant="ghost" className="-mr-1.5">
          <ZoneLink href="/experiments">All experiments</ZoneLink>
        </Button>
      </CardHeader>
      <ul className="pb-1.5">
        {experiments === undefined
          ? ["w-40", "w-28", "w-36"].map((width) => (
              <li key={width} className="flex h-row items-center px-3">
                <Skeleton className={width} />
              </li>
            ))
          : experiments.map((experiment) => (
              <li
                key={experiment.experimentId}
                className="flex h-row items-center gap-2 px-3 text-sm hover:bg-hover"
              >
                <ZoneLink
                  href={`/experiments/${experiment.experimentId}`}
                  className="min-w-0 flex-1 truncate rounded-sm hover:underline"
                >
                  {experiment.name}
                </ZoneLink>
                <RelativeTime at={experiment.lastUpdateTime} className="shrink-0 text-ink-3" />
              </li>
            ))}
      </ul>
    </Card>
  );
}
