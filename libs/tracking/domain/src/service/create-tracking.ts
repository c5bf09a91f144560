import type { Tracking } from "../tracking.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import { experimentService } from "./experiment-service.ts";
import { loggedModelService } from "./logged-model-service.ts";
import { loggingService } from "./logging-service.ts";
import { metricService } from "./metric-service.ts";
import { runService } from "./run-service.ts";
import { searchService } from "./search-service.ts";

/** The tracking service over a store, a metric log and a metric reader. */
export function createTracking(dependencies: TrackingDependencies): Tracking {
  return {
    ...experimentService(dependencies),
    ...runService(dependencies),
    ...loggingService(dependencies),
    ...metricService(dependencies),
    ...searchService(dependencies),
    ...loggedModelService(dependencies),
  };
}
