import type { ChangeFeed, ChangeSight, RunAnalyses, Tracking } from "@runweir/tracking-domain";
import { router } from "@runweir/trpc";
import { createAnalysesRouter } from "./analyses-router.ts";
import { createDatasetsRouter } from "./datasets-router.ts";
import { createExperimentsRouter } from "./experiments-router.ts";
import { createMetricsRouter } from "./metrics-router.ts";
import { createModelsRouter } from "./models-router.ts";
import { createRunsRouter } from "./runs-router.ts";
import { subscribeToChanges } from "./subscribe-to-changes.ts";

/** The pages' door to the guarded tracking service, mounted at `/trpc/tracking`. `clock.now()` in milliseconds since 1970. */
export function createTrackingRouter(services: {
  readonly tracking: Tracking;
  readonly analyses: RunAnalyses;
  readonly changes: ChangeFeed;
  readonly sight: ChangeSight;
  readonly clock: { now(): number };
}) {
  const { tracking } = services;
  return router({
    experiments: createExperimentsRouter(tracking),
    runs: createRunsRouter(tracking, services.clock),
    metrics: createMetricsRouter(tracking),
    models: createModelsRouter(tracking),
    datasets: createDatasetsRouter(tracking),
    analyses: createAnalysesRouter(services.analyses),
    changes: subscribeToChanges(services.changes, services.sight),
  });
}

export type TrackingApi = ReturnType<typeof createTrackingRouter>;
