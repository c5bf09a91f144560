export type {
  AnalysisSource,
  Change,
  ChartAxis,
  ClientDelivery,
  Dataset,
  DatasetInput,
  Delivery,
  DeliveryState,
  Experiment,
  Importance,
  KeyCatalog,
  Page,
  ParamImportance,
  RunInfo,
  RunStatus,
  Tag,
  ViewType,
} from "@runweir/tracking-domain";
export { createTrackingRouter, type TrackingApi } from "./tracking-router.ts";
export type { WireGroupCurve, WireGroupCurves, WireRunTable } from "./wire-analyses.ts";
export type { WireChartSeries, WirePoint, WireStatistics } from "./wire-metrics.ts";
export type { WireModel, WireModelMetric } from "./wire-model.ts";
export type { WireNumber } from "./wire-number.ts";
export type { WireMetric, WireRun } from "./wire-run.ts";
