"use client";

import { classNames, formatCount } from "@runweir/web-ui";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { ShowNext } from "../show-next.tsx";
import { chartSections, chartsMax, chartsMore, inReadingOrder, openSections } from "./chart-sections.ts";
import { type ChartedRun, MetricChart } from "./metric-chart.tsx";
import type { ChartView } from "./use-chart-view.ts";

/** A chart per metric, in sections that fold. */
export function ChartGrid({
  metrics,
  runs,
  view,
  live,
  group,
  wide = false,
}: {
  readonly metrics: readonly string[];
  readonly runs: readonly ChartedRun[];
  readonly view: ChartView;
  readonly live: boolean;
  readonly group: string;
  /** There is the whole page's width for it. */
  readonly wide?: boolean;
}) {
  const sections = useMemo(() => chartSections(metrics, view.search), [metrics, view.search]);
  const open = useMemo(() => openSections(sections, view.search !== ""), [sections, view.search]);
  if (sections.length === 0) {
    return (
      <p className="px-1 py-6 text-center text-sm text-ink-3">
        {metrics.length === 0 ? "No metrics yet." : `No metric is called “${view.search}”.`}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {sections.map(({ name, metrics: members }) => (
        <Section
          key={name}
          name={name}
          metrics={members}
          runs={runs}
          view={view}
          live={live}
          group={group}
          wide={wide}
          startsOpen={open.has(name)}
          only={sections.length === 1}
        />
      ))}
    </div>
  );
}

function Section({
  name,
  metrics,
  runs,
  view,
  live,
  group,
  wide,
  startsOpen,
  only,
}: {
  readonly name: string;
  readonly metrics: readonly string[];
  readonly runs: readonly ChartedRun[];
  readonly view: ChartView;
  readonly live: boolean;
  readonly group: string;
  readonly wide: boolean;
  readonly startsOpen: boolean;
  readonly only: boolean;
}) {
  const [open, setOpen] = useState(startsOpen);
  const [charts, setCharts] = useState(chartsMax);
  const ordered = useMemo(() => (open ? inReadingOrder(metrics) : []), [open, metrics]);
  const shown = ordered.slice(0, charts);
  const Mark = open ? ChevronDown : ChevronRight;
  return (
    <section aria-label={name === "" ? "metrics" : name}>
      {!(only && name === "") && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mb-1.5 flex items-center gap-1.5 rounded-sm text-sm font-semibold text-ink-2 hover:text-ink"
        >
          <Mark aria-hidden className="size-3.5" />
          {name === "" ? "metrics" : name}
          <span className="num font-normal text-ink-3">
            {metrics.length === 1 ? "1 chart" : `${formatCount(metrics.length)} charts`}
          </span>
        </button>
      )}
      {open && (
        <div
          className={classNames(
            "grid grid-cols-1 gap-2.5",
            wide ? "sm:grid-cols-2 xl:grid-cols-3" : "@min-[560px]:grid-cols-2 @min-[1000px]:grid-cols-3",
          )}
        >
          {shown.map((metric) => (
            <MetricChart key={metric} metric={metric} runs={runs} view={view} group={group} live={live} />
          ))}
        </div>
      )}
      {open && (
        <ShowNext
          className="mt-2"
          left={metrics.length - charts}
          step={chartsMore}
          onNext={() => setCharts(charts + chartsMore)}
        />
      )}
    </section>
  );
}
