import type { LoggedModel, LoggedModelMetric } from "@runweir/tracking-domain";
import { toWireNumber, type WireNumber } from "./wire-number.ts";

export interface WireModelMetric extends Omit<LoggedModelMetric, "value"> {
  readonly value: WireNumber;
}

export interface WireModel extends Omit<LoggedModel, "metrics"> {
  readonly metrics: readonly WireModelMetric[];
}

export function toWireModel(model: LoggedModel): WireModel {
  return {
    ...model,
    metrics: model.metrics.map((metric) => ({ ...metric, value: toWireNumber(metric.value) })),
  };
}
