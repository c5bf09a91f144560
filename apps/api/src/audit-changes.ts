import { type Artifacts, artifactAudit } from "@runweir/artifacts-domain";
import { type AuditLog, auditRefusals, auditService } from "@runweir/identity-domain";
import { appendAudit } from "@runweir/identity-postgres";
import { type Database, withinTransaction } from "@runweir/postgres";
import { type Registry, type RegistryStore, registryAudit } from "@runweir/registry-domain";
import { createRegistryStore } from "@runweir/registry-postgres";
import { namesApart, type Tracking, type TrackingStore, trackingAudit } from "@runweir/tracking-domain";
import { createTrackingTransactions } from "@runweir/tracking-postgres";

export interface AuditedServices {
  readonly tracking: Tracking;
  readonly registry: Registry;
  readonly artifacts: Artifacts;
}

/** The services, whose deletions, renames and moves are entered into the audit log: in the transaction that makes them, where there is one. */
export function auditChanges(
  bare: AuditedServices,
  options: {
    readonly database: Database;
    readonly log: AuditLog;
    trackingOver(store: TrackingStore): Tracking;
    registryOver(store: RegistryStore): Registry;
    onError(error: unknown): void;
  },
): AuditedServices {
  const { database, log, trackingOver, registryOver } = options;
  const inTracking = createTrackingTransactions(options);
  return {
    tracking: namesApart(
      auditService(bare.tracking, trackingAudit, (work) =>
        inTracking((store, client) =>
          work(trackingOver(store), (caller, event) => appendAudit(client, caller, event)),
        ),
      ),
    ),
    registry: auditService(bare.registry, registryAudit, (work) =>
      database.transaction((client) =>
        work(registryOver(createRegistryStore({ database: withinTransaction(client) })), (caller, event) =>
          appendAudit(client, caller, event),
        ),
      ),
    ),
    // Files lie in no database: that they were deleted is entered when they are.
    artifacts: auditService(bare.artifacts, artifactAudit, (work) => work(bare.artifacts, log.append)),
  };
}

/** What doors get, whose refusals of such changes are entered too. */
export function auditDoors<Guarded extends AuditedServices>(
  guarded: Guarded,
  bare: AuditedServices,
  options: { readonly log: AuditLog; readonly clock: { now(): number } },
): Guarded {
  return {
    ...guarded,
    tracking: auditRefusals(guarded.tracking, trackingAudit, { ...options, bare: bare.tracking }),
    registry: auditRefusals(guarded.registry, registryAudit, { ...options, bare: bare.registry }),
    artifacts: auditRefusals(guarded.artifacts, artifactAudit, { ...options, bare: bare.artifacts }),
  };
}
