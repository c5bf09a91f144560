"use client";

import { LineChart, useVisible } from "@runweir/web-charts";
import { describeError } from "@runweir/web-trpc-client";
import { ErrorState, formatCount } from "@runweir/web-ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { ChartView } from "../../charts/use-chart-view.ts";
import { useTrackingApi } from "../../tracking-api.ts";
import type { AnswerSource } from "../source-note.tsx";
import type { RunSet } from "../use-run-set.ts";
import { GroupFooter } from "./group-footer.tsx";
import { type Band, bandWords, groupLines } from "./group-lines.ts";
import type { CurvesView } from "./use-curves-view.ts";

/** About one bucket per two pixels: bands need no more. */
const buckets = 400;

/** One metric of all runs by groups, asked for while it is on the screen; zooming asks anew, for that part in detail. */
export function GroupCard({
  metric,
  set,
  group,
  band,
  chart,
  onSource,
}: {
  readonly metric: string;
  readonly set: RunSet;
  readonly group: CurvesView["group"];
  readonly band: Band;
  readonly chart: ChartView;
  readonly onSource: (source: AnswerSource) => void;
}) {
  const api = useTrackingApi();
  const [ref, visible] = useVisible<HTMLDivElement>();
  const window = chart.window;
  const query = useQuery(
    api.analyses.curves.queryOptions(
      {
        ...set,
        key: metric,
        buckets,
        ...(group === undefined ? {} : { groupBy: group }),
        ...(window === undefined ? {} : { from: window.from, to: window.to }),
      },
      // Who zooms on does not wait for what they saw before, and neither do the others.
      { enabled: visible, placeholderData: keepPreviousData, trpc: { abortOnUnmount: true } },
    ),
  );
  const answer = query.data;
  useEffect(() => {
    if (answer) onSource(answer.source);
  }, [answer, onSource]);
  const lines = useMemo(() => answer && groupLines(answer.curves, band), [answer, band]);
  const notice =
    query.isError && answer === undefined ? (
      <ErrorState compact problem={describeError(query.error)} onRetry={() => void query.refetch()} />
    ) : lines?.length === 0 ? (
      <p className="grid h-full place-items-center text-sm text-ink-3">None of these runs has logged it.</p>
    ) : undefined;
  return (
    <div ref={ref} className="min-w-0" aria-busy={query.isPlaceholderData}>
      <LineChart
        title={metric}
        lines={lines}
        words={bandWords[band]}
        xAxis="step"
        yScale={chart.logarithmic ? "log" : "linear"}
        window={window}
        onWindowChange={chart.setWindow}
        group="groups"
        height={210}
        {...(notice === undefined ? {} : { notice })}
        footer={
          <GroupFooter
            lines={lines}
            grouped={group !== undefined}
            width={answer?.width}
            leftOut={answer?.groupsLeftOut ?? 0}
          />
        }
      />
      <span className="sr-only" aria-live="polite">
        {answer && `${metric}: ${formatCount(answer.curves.length)} groups`}
      </span>
    </div>
  );
}
