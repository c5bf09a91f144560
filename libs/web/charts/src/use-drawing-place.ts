"use client";

import type { EChartsType } from "echarts/core";
import { type RefObject, useEffect, useState } from "react";

/** A server that is away, or was replaced by a newer one, gives no drawing code; it is asked for again after this. */
const retryMs = 4_000;

/**
 * An engine on the element while `active`, kept to its size. `load` fetches the drawing code; it must be the same function
 * every time. Without the code the table behind the chart is still there.
 */
export function useDrawingPlace(
  ref: RefObject<HTMLDivElement | null>,
  active: boolean,
  load: () => Promise<(element: HTMLElement) => EChartsType>,
): { readonly engine: EChartsType | undefined; readonly width: number; readonly failed: boolean } {
  const [engine, setEngine] = useState<EChartsType>();
  const [width, setWidth] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!active || !element) return;
    let made: EChartsType | undefined;
    let gone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      made?.resize();
      setWidth(element.clientWidth);
    });
    const begin = async () => {
      const createEngine = await load();
      if (gone) return;
      setFailed(false);
      made = createEngine(element);
      setEngine(made);
      observer.observe(element);
    };
    const attempt = () =>
      begin().catch(() => {
        if (gone) return;
        setFailed(true);
        retry = setTimeout(attempt, retryMs);
      });
    void attempt();
    return () => {
      gone = true;
      clearTimeout(retry);
      observer.disconnect();
      made?.dispose();
      setEngine(undefined);
    };
  }, [ref, active, load]);
  return { engine, width, failed };
}
