"use client";

import { Button, formatCount } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import type { CompareView } from "../use-compare-view.ts";
import type { KeptRuns } from "./kept-runs.ts";

/** What can be done with the runs that brushes have left. */
export function KeptActions({
  kept,
  count,
  view,
  onClear,
}: {
  readonly kept: KeptRuns;
  readonly count: number;
  readonly view: CompareView;
  readonly onClear: () => void;
}) {
  const cut = kept.kind === "runs" && kept.leftOut > 0;
  const which = cut
    ? `the first ${formatCount(kept.runIds.length)}`
    : count === 1
      ? "this run"
      : "these runs";
  const query = new URLSearchParams(
    kept.kind === "runs" ? { runs: kept.runIds.join(".") } : { filter: kept.filter },
  );
  const [experimentId, ...others] = view.experimentIds;
  const keep = () => {
    if (kept.kind === "runs") view.setRunIds(kept.runIds);
    else view.setFilter(kept.filter);
    onClear();
  };
  return (
    <>
      <Button
        onClick={keep}
        disabled={count === 0}
        title={kept.kind === "filter" ? "Adds the brushes to the filter" : "Compares these runs alone"}
      >
        Keep {which}
      </Button>
      {others.length === 0 && count > 0 && (
        <Button asChild>
          <ZoneLink href={`/experiments/${experimentId}?${query}`}>Open {which} in the table</ZoneLink>
        </Button>
      )}
      <Button variant="ghost" onClick={onClear}>
        Clear brushes
      </Button>
    </>
  );
}
