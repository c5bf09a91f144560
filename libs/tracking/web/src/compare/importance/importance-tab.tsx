"use client";

import { describeError } from "@runweir/web-trpc-client";
import { EmptyState, ErrorState, formatCount } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTrackingApi } from "../../tracking-api.ts";
import type { CompareTabProps } from "../compare-tabs.tsx";
import { TabFooter } from "../tab-footer.tsx";
import { TableSkeleton } from "../table/table-skeleton.tsx";
import { TargetSelect } from "../target-select.tsx";
import { useTarget } from "../use-target.ts";
import { ImportanceAnswer } from "./importance-answer.tsx";

/** Which params say something about a metric. */
export function ImportanceTab({ set, keys }: CompareTabProps) {
  const api = useTrackingApi();
  const { get, set: setAddress } = useAddress();
  const target = useTarget(keys);
  const key = target.column?.key ?? "";
  const query = useQuery(
    api.analyses.importance.queryOptions(
      { ...set, target: { key, aggregate: target.statistic } },
      { enabled: key !== "", placeholderData: keepPreviousData },
    ),
  );
  const answer = query.data;
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
        <TargetSelect target={target} keys={keys} />
      </div>
      <div className="@container min-h-0 flex-1 overflow-y-auto border-t border-line">
        {keys !== undefined && keys.metrics.length === 0 ? (
          <EmptyState title="No metric yet">
            <p>Importance says which params matter for a metric. These runs have not logged one.</p>
          </EmptyState>
        ) : query.isError && answer === undefined ? (
          <ErrorState problem={describeError(query.error)} onRetry={() => void query.refetch()} />
        ) : answer === undefined ? (
          <TableSkeleton columns={3} />
        ) : (
          <ImportanceAnswer
            answer={answer}
            set={set}
            target={{ key, aggregate: target.statistic }}
            stale={query.isPlaceholderData}
            param={get("param")}
            onParam={(param) => setAddress({ param }, "replace")}
          />
        )}
      </div>
      <TabFooter source={answer?.source}>
        {answer && (
          <span>
            {formatCount(answer.runs)} runs
            {answer.runsLeftOut > 0 &&
              `, ${formatCount(answer.runsLeftOut)} without a finite target left out`}{" "}
            · {formatCount(answer.trees)} trees
          </span>
        )}
      </TabFooter>
    </>
  );
}
