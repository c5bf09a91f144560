import type { Tracking } from "../tracking.ts";
import { deliveryService } from "./delivery-service.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { experimentService } from "./experiment-service.ts";
import { loggedModelService } from "./logged-model-service.ts";
import { loggingService } from "./logging-service.ts";
import { metricService } from "./metric-service.ts";
import { readApplied } from "./read-applied.ts";
import { runService } from "./run-service.ts";
import { searchService } from "./search-service.ts";

/** The tracking service over a store, a log of metrics and a metric reader. */
export function createTracking(given: TrackingDependencies): Tracking {
  const dependencies = { ...given, metricReader: readApplied(given.metricReader, given.log) };
  return {
    ...experimentService(dependencies),
    ...runService(dependencies),
    ...loggingService(dependencies),
    ...metricService(dependencies),
    ...deliveryService(dependencies),
    ...searchService(dependencies),
    ...loggedModelService(dependencies),
  };
}
