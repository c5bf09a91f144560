"use client";

import { classNames, useTheme } from "@runweir/web-ui";
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef, useState } from "react";
import { type ChartColors, readChartColors } from "./chart-colors.ts";

/** A server that is away, or was replaced by a newer one, gives no drawing code; it is asked for again after this. */
const retryMs = 4_000;

/**
 * A chart drawn from an option of ECharts, which `build` makes with the colours of the theme: anew when it, the theme or
 * the size changes. What it shows must be said elsewhere too: to a screen reader it is `label`.
 */
export function Figure({
  label,
  build,
  className,
}: {
  readonly label: string;
  readonly build: (colors: ChartColors) => EChartsCoreOption;
  readonly className?: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const [engine, setEngine] = useState<EChartsType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let made: EChartsType | undefined;
    let gone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => made?.resize());
    const attempt = (): Promise<void> =>
      import("./figure-engine.ts").then(
        ({ createFigureEngine }) => {
          if (gone) return;
          setFailed(false);
          made = createFigureEngine(element);
          observer.observe(element);
          setEngine(made);
        },
        () => {
          if (gone) return;
          setFailed(true);
          retry = setTimeout(attempt, retryMs);
        },
      );
    void attempt();
    return () => {
      gone = true;
      clearTimeout(retry);
      observer.disconnect();
      made?.dispose();
      setEngine(undefined);
    };
  }, []);
  useEffect(() => {
    const element = place.current;
    if (!engine || engine.isDisposed() || !element) return;
    element.dataset.theme = theme;
    engine.setOption(build(readChartColors(element)), true);
  }, [engine, build, theme]);
  return (
    <div className={classNames("relative", className)}>
      <div ref={place} role="img" aria-label={label} className="size-full" />
      {failed && (
        <p className="absolute inset-0 grid place-items-center text-sm text-ink-2">
          The chart could not be loaded. It is tried again.
        </p>
      )}
    </div>
  );
}
