import { CustomChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

let ready = false;

/** A chart on an element. Only what line charts need is registered, which keeps the pages small. */
export function createEngine(element: HTMLElement): EChartsType {
  if (!ready) {
    use([LineChart, CustomChart, GridComponent, CanvasRenderer]);
    ready = true;
  }
  return init(element);
}
