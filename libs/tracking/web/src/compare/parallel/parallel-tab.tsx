"use client";

import { describeError } from "@runweir/web-trpc-client";
import { EmptyState, ErrorState, formatCount, Skeleton } from "@runweir/web-ui";
import { SlidersHorizontal } from "lucide-react";
import type { CompareTabProps } from "../compare-tabs.tsx";
import { FieldsPicker } from "../fields-picker.tsx";
import { TabFooter } from "../tab-footer.tsx";
import { TargetSelect } from "../target-select.tsx";
import { useTarget } from "../use-target.ts";
import { ParallelArea } from "./parallel-area.tsx";
import { linesMax, useParallelData } from "./use-parallel-data.ts";
import { axesMax, useParallelView } from "./use-parallel-view.ts";

/** Attributes that make axes. */
const axisAttributes = ["status", "start_time", "end_time", "user_id", "experiment_id"];

/** Every run a line across its params, coloured by what came of it. */
export function ParallelTab({ view, set, keys }: CompareTabProps) {
  const parallel = useParallelView();
  const target = useTarget(keys);
  const data = useParallelData(set, keys, parallel, target);
  const { answer, columns } = data;
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
        <FieldsPicker
          label="Axes"
          icon={<SlidersHorizontal aria-hidden className="size-3.5" />}
          keys={keys}
          entities={["param", "metric", "tag", "attribute"]}
          attributes={axisAttributes}
          chosen={columns ?? []}
          max={axesMax}
          onChosen={parallel.setAxes}
        />
        <TargetSelect target={target} keys={keys} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line">
        {data.error !== null && answer === undefined ? (
          <ErrorState problem={describeError(data.error)} onRetry={data.retry} />
        ) : columns !== undefined && columns.length < 2 ? (
          <EmptyState title="Fewer than two axes">
            <p>
              {parallel.axes === undefined
                ? "The params of these runs do not differ. Choose metrics, tags or attributes as axes."
                : "Choose params, metrics, tags or attributes as axes."}
            </p>
          </EmptyState>
        ) : answer === undefined || columns === undefined ? (
          <ParallelSkeleton />
        ) : (
          <ParallelArea
            view={view}
            parallel={parallel}
            target={target}
            columns={columns}
            table={answer}
            stale={data.stale}
          />
        )}
      </div>
      <TabFooter source={answer?.source}>
        {answer && (
          <span>
            {answer.total > linesMax
              ? `the ${formatCount(answer.runIds.length)} of ${formatCount(answer.total)} runs that started last`
              : `${formatCount(answer.runIds.length)} runs`}
          </span>
        )}
      </TabFooter>
    </>
  );
}

function ParallelSkeleton() {
  return (
    <div aria-hidden className="flex h-105 items-stretch justify-between px-16 py-3">
      {[0, 1, 2, 3, 4, 5, 6].map((axis) => (
        <div key={axis} className="flex flex-col items-center gap-3">
          <Skeleton className="w-16" />
          <span className="animate-shimmer w-px flex-1 bg-line" />
        </div>
      ))}
    </div>
  );
}
