"use client";

import { Badge, classNames, RunDot } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import type { ComparedRun } from "./use-compared-runs.ts";
import type { TableView } from "./use-table-view.ts";

const cell =
  "sticky top-0 h-8 border-b border-line bg-surface px-2.5 text-left font-medium whitespace-nowrap";

/** The runs with their colours. */
export function ComparisonHead({
  runs,
  view,
}: {
  readonly runs: readonly ComparedRun[];
  readonly view: TableView;
}) {
  return (
    <thead>
      <tr>
        <th scope="col" className={classNames(cell, "left-0 z-20 border-r pl-4 text-ink-2")}>
          Run
        </th>
        {runs.map(({ runId, name, slot }, index) => (
          <th key={runId} scope="col" className={classNames(cell, "z-10")}>
            <span className="flex min-w-0 items-center justify-end gap-1.5">
              <RunDot runId={runId} slot={slot} />
              <ZoneLink
                href={`/runs/${runId}`}
                title={name}
                className="min-w-0 truncate rounded-sm hover:underline"
              >
                {name}
              </ZoneLink>
              {index === view.baseline && <Badge>baseline</Badge>}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
