import { createSavedQueries, guardSavedQueries } from "@runweir/analytics-domain";
import { createQueryHistoryStore, createSavedQueryStore } from "@runweir/analytics-postgres";
import { createAnalyticsRouter } from "@runweir/analytics-trpc";
import { createArtifactsRouter } from "@runweir/artifacts-trpc";
import { createDemoRouter } from "@runweir/demo-trpc";
import type { AuditReading, Directory, DirectoryStore } from "@runweir/identity-domain";
import type { SignIn } from "@runweir/identity-sign-in";
import { createIdentityRouter } from "@runweir/identity-trpc";
import type { NotificationPreferences } from "@runweir/notifications-domain";
import { createNotificationsRouter } from "@runweir/notifications-trpc";
import type { Database } from "@runweir/postgres";
import type { BulkMoves } from "@runweir/registry-domain";
import { createRegistryRouter } from "@runweir/registry-trpc";
import { createReviewRouter } from "@runweir/review-trpc";
import { type ChangeFeed, type ExperimentGate, seeChanges } from "@runweir/tracking-domain";
import { createTrackingRouter } from "@runweir/tracking-trpc";
import { createWebhooksRouter } from "@runweir/webhooks-trpc";
import type { AuditedServices } from "./audit-changes.ts";
import { createDemoTarget } from "./demo-target.ts";
import type { GuardedServices } from "./guard-services.ts";
import { namePeople } from "./name-people.ts";

/** By slice: what pages ask. */
export function createRouters(parts: {
  readonly services: GuardedServices;
  readonly gate: ExperimentGate;
  /** Asked about nothing. */
  readonly bare: AuditedServices;
  readonly bulk: BulkMoves;
  readonly changes: ChangeFeed;
  readonly reviewing: Parameters<typeof createReviewRouter>[0];
  readonly preferences: NotificationPreferences;
  readonly signIn: SignIn;
  readonly audit: AuditReading;
  readonly directory: Directory;
  readonly directoryStore: DirectoryStore;
  readonly database: Database;
  readonly clock: { now(): number };
  newId(): string;
  newToken(): string;
}) {
  const { services, gate, bare, database, clock, newId, newToken } = parts;
  const { signIn, audit, directory } = parts;
  const { tracking, analyses, artifacts, registry, webhooks } = services;
  const savedQueries = createSavedQueries({
    store: createSavedQueryStore({ database }),
    clock,
    newId,
    newToken,
  });
  return {
    tracking: createTrackingRouter({
      tracking,
      analyses,
      changes: parts.changes,
      sight: seeChanges({ gate }),
      clock,
    }),
    artifacts: createArtifactsRouter({ artifacts }),
    registry: createRegistryRouter({
      registry,
      bulk: parts.bulk,
      people: namePeople(parts.directoryStore, { clock }),
    }),
    review: createReviewRouter(parts.reviewing),
    analytics: createAnalyticsRouter({
      savedQueries: guardSavedQueries(savedQueries),
      history: createQueryHistoryStore({ database }),
    }),
    webhooks: createWebhooksRouter(webhooks),
    notifications: createNotificationsRouter(parts.preferences),
    identity: createIdentityRouter({ ...signIn, audit, directory, clock }),
    demo: createDemoRouter(
      createDemoTarget({
        // It writes into what it has made itself, which its maker's rights of this moment do not name yet.
        tracking: { ...bare.tracking, createExperiment: tracking.createExperiment },
        artifacts: bare.artifacts,
        clock,
      }),
    ),
  };
}
