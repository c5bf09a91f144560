"use client";

import { Button, Popover, SearchInput, Select, Slider, Switch } from "@runweir/web-ui";
import { Settings2, ZoomOut } from "lucide-react";
import type { ChartView } from "./use-chart-view.ts";

/** How all charts of a page are drawn: x axis, smoothing, logarithmic or not, which metrics. */
export function ChartControls({ view }: { readonly view: ChartView }) {
  return (
    <>
      <SearchInput
        label="Search metrics"
        placeholder="Search metrics"
        value={view.search}
        onValueChange={view.setSearch}
        className="w-40 min-w-0 flex-1 sm:max-w-52"
      />
      {view.window !== undefined && (
        <Button
          variant="ghost"
          icon={<ZoomOut aria-hidden className="size-3.5" />}
          onClick={() => view.setWindow(undefined)}
        >
          Reset zoom
        </Button>
      )}
      <Select
        label="x axis"
        prefix="x:"
        value={view.xAxis}
        onValueChange={view.setXAxis}
        options={[
          { value: "step", label: "step" },
          { value: "relative", label: "relative time" },
          { value: "wall", label: "wall time" },
        ]}
      />
      <Popover
        label="Chart settings"
        trigger={
          <Button icon={<Settings2 aria-hidden className="size-3.5" />}>
            {view.smoothing > 0 ? `smooth ${view.smoothing}` : view.logarithmic ? "log y" : "Style"}
          </Button>
        }
      >
        <div className="flex flex-col gap-2 p-1 text-sm">
          <Switch
            label="Logarithmic y axis"
            checked={view.logarithmic}
            onCheckedChange={view.setLogarithmic}
          />
          <div className="flex items-center justify-between gap-2">
            <span>Smoothing</span>
            <span className="num text-ink-3">{view.smoothing}</span>
          </div>
          <Slider
            label="Smoothing"
            min={0}
            max={0.95}
            step={0.05}
            value={view.smoothing}
            onValueChange={(value) => view.setSmoothing(Math.round(value * 100) / 100)}
            className="w-full"
          />
        </div>
      </Popover>
    </>
  );
}
