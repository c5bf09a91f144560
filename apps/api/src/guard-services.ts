import { createArtifactGate, guardArtifacts } from "@runweir/artifacts-domain";
import type { Directory } from "@runweir/identity-domain";
import { guardIngestion, type Ingestion } from "@runweir/ingest-domain";
import type { Database } from "@runweir/postgres";
import { guardRegistry } from "@runweir/registry-domain";
import { createReviewStore } from "@runweir/review-postgres";
import {
  createExperimentGate,
  type ExperimentGate,
  guardAnalyses,
  guardTracking,
  type OwnershipStore,
  type RunAnalyses,
} from "@runweir/tracking-domain";
import { createArtifactPlaces } from "@runweir/tracking-postgres";
import { guardWebhooks, type Webhooks } from "@runweir/webhooks-domain";
import type { ArtifactPlacement } from "./artifact-placement.ts";
import type { AuditedServices } from "./audit-changes.ts";
import { followModels } from "./follow-models.ts";
import { grantMaker } from "./grant-maker.ts";

/** The services as doors get them: whoever comes by one is asked about every object. */
export interface GuardedServices extends AuditedServices {
  readonly analyses: RunAnalyses;
  readonly webhooks: Webhooks;
  readonly ingestion: Ingestion;
}

export function guardServices(
  { tracking, registry, artifacts, analyses, webhooks, ingestion }: GuardedServices,
  parts: {
    readonly database: Database;
    readonly ownership: OwnershipStore;
    readonly clock: { now(): number };
    readonly placement: ArtifactPlacement;
    readonly directory: Directory;
  },
): { readonly gate: ExperimentGate; readonly services: GuardedServices } {
  const { database, ownership, clock, placement, directory } = parts;
  const gate = createExperimentGate({ store: ownership, clock });
  const artifactGate = createArtifactGate({
    gate,
    places: createArtifactPlaces({ database }),
    rules: placement.rules,
  });
  const services: GuardedServices = {
    tracking: guardTracking(tracking, {
      gate,
      requireLocation: (caller, uri) => artifactGate.requireLocation(caller, "artifact.write", uri),
      onCreated: (caller, experimentId) => grantMaker(directory, caller, { on: "experiment", experimentId }),
    }),
    analyses: guardAnalyses(analyses, { gate }),
    artifacts: guardArtifacts(artifacts, artifactGate),
    registry: guardRegistry(followModels(registry, directory, createReviewStore({ database })), {
      gate,
      requireLocation: (caller, uri) => artifactGate.requireLocation(caller, "artifact.read", uri),
      onCreated: (caller, name) => grantMaker(directory, caller, { on: "model", pattern: name }),
    }),
    webhooks: guardWebhooks(webhooks),
    ingestion: guardIngestion(ingestion, {
      requireRuns: (caller, runIds) =>
        gate.require(
          caller,
          runIds.map((id) => ({ permission: "points.write", on: { kind: "run", id, mayBeAbsent: true } })),
        ),
    }),
  };
  return { gate, services };
}
