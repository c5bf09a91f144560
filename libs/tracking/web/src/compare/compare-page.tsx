"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, ErrorState, useDocumentTitle } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FilterBox, isAboutFilter } from "../runs/filter-box.tsx";
import { useTrackingApi } from "../tracking-api.ts";
import { CompareHeader } from "./compare-header.tsx";
import { CompareTabs } from "./compare-tabs.tsx";
import { NoExperiments, NoRunsInSet } from "./no-set.tsx";
import { type CompareView, useCompareView } from "./use-compare-view.ts";
import { useRunSet } from "./use-run-set.ts";

/** Many runs at once: side by side, as curves of groups, as parallel coordinates, and what mattered. */
export function ComparePage() {
  const view = useCompareView();
  useDocumentTitle("Compare");
  return view.experimentIds.length === 0 ? <NoExperiments /> : <Comparison view={view} />;
}

function Comparison({ view }: { readonly view: CompareView }) {
  const api = useTrackingApi();
  const set = useRunSet(view);
  const counts = useQuery(
    api.runs.count.queryOptions(
      { ...set, viewType: "ACTIVE_ONLY" },
      { placeholderData: keepPreviousData, retry: false },
    ),
  );
  const keys = useQuery(api.runs.keys.queryOptions({ experimentIds: set.experimentIds }));
  const problem = counts.error === null ? undefined : describeError(counts.error);
  const refused = problem !== undefined && view.filter !== "" && isAboutFilter(problem);
  const total = counts.isError ? undefined : counts.data?.total;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <CompareHeader view={view} total={counts.isPlaceholderData ? undefined : total} />
      {view.runIds.length === 0 && (
        <FilterBox
          filter={view.filter}
          onFilter={view.setFilter}
          error={refused ? counts.error : undefined}
          total={total}
          stale={counts.isPlaceholderData}
        />
      )}
      {problem !== undefined && !refused ? (
        <ErrorState
          problem={problem}
          onRetry={() => void counts.refetch()}
          actions={
            <Button asChild>
              <ZoneLink href="/experiments">All experiments</ZoneLink>
            </Button>
          }
        >
          <p className="text-ink-2">Everything that was logged is kept.</p>
        </ErrorState>
      ) : refused || total === 0 ? (
        <NoRunsInSet view={view} refused={refused} />
      ) : (
        <CompareTabs view={view} set={set} total={total} keys={keys.data} />
      )}
    </div>
  );
}
