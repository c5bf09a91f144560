import { CustomChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// Only what line charts need, which keeps the download small.
use([LineChart, CustomChart, GridComponent, CanvasRenderer]);

export function createEngine(element: HTMLElement): EChartsType {
  return init(element);
}
