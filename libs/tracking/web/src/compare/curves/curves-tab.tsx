"use client";

import { Button, Select, Switch } from "@runweir/web-ui";
import { ChartSpline, ZoomOut } from "lucide-react";
import { useState } from "react";
import { useChartView } from "../../charts/use-chart-view.ts";
import type { CompareTabProps } from "../compare-tabs.tsx";
import { FieldSelect } from "../field-select.tsx";
import { FieldsPicker } from "../fields-picker.tsx";
import type { AnswerSource } from "../source-note.tsx";
import { TabFooter } from "../tab-footer.tsx";
import { CurveSkeleton } from "./curve-skeleton.tsx";
import { GroupCard } from "./group-card.tsx";
import { bands, bandTitles } from "./group-lines.ts";
import { chartsMax, useCurvesView } from "./use-curves-view.ts";

/** Attributes whose values several runs can have in common. */
export const groupAttributes = ["status", "user_id", "experiment_id", "run_name"];

/** Metrics of all runs, as statistics of groups at every step. */
export function CurvesTab({ set, keys }: CompareTabProps) {
  const view = useCurvesView(keys);
  const chart = useChartView();
  const [source, setSource] = useState<AnswerSource>();
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
        <FieldsPicker
          label="Metrics"
          icon={<ChartSpline aria-hidden className="size-3.5" />}
          keys={keys}
          entities={["metric"]}
          chosen={view.metrics ?? []}
          max={chartsMax}
          onChosen={view.setMetrics}
        />
        <FieldSelect
          label="Group by"
          prefix="group:"
          none="nothing"
          keys={keys}
          entities={["param", "tag", "attribute"]}
          attributes={groupAttributes}
          value={view.group}
          onValueChange={view.setGroup}
        />
        <Select
          label="Band"
          prefix="band:"
          value={view.band}
          onValueChange={view.setBand}
          options={bands.map((band) => ({ value: band, label: bandTitles[band] }))}
          className="max-w-full"
        />
        <Switch label="log y" checked={chart.logarithmic} onCheckedChange={chart.setLogarithmic} />
        {chart.window !== undefined && (
          <Button
            variant="ghost"
            icon={<ZoomOut aria-hidden className="size-3.5" />}
            onClick={() => chart.setWindow(undefined)}
          >
            Reset zoom
          </Button>
        )}
      </div>
      <div className="@container min-h-0 flex-1 overflow-y-auto border-t border-line px-4 py-3">
        {view.metrics?.length === 0 ? (
          <p className="py-10 text-center text-sm text-ink-3">
            {keys?.metrics.length === 0
              ? "These runs have not logged a metric yet."
              : "Choose metrics to draw."}
          </p>
        ) : (
          <div className="grid grid-cols-1 gap-2.5 @min-[720px]:grid-cols-2">
            {view.metrics === undefined
              ? [0, 1, 2, 3].map((place) => <CurveSkeleton key={place} />)
              : view.metrics.map(({ key }) => (
                  <GroupCard
                    key={key}
                    metric={key}
                    set={set}
                    group={view.group}
                    band={view.band}
                    chart={chart}
                    onSource={setSource}
                  />
                ))}
          </div>
        )}
      </div>
      <TabFooter source={source}>
        <span>every run counts, none is sampled</span>
      </TabFooter>
    </>
  );
}
