import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { createSavedQueries, guardSavedQueries } from "@runweir/analytics-domain";
import { createQueryHistoryStore, createSavedQueryStore } from "@runweir/analytics-postgres";
import { createAnalyticsRouter } from "@runweir/analytics-trpc";
import { createArtifactGate, createArtifacts, guardArtifacts } from "@runweir/artifacts-domain";
import { artifactFiles } from "@runweir/artifacts-http";
import { createArtifactsRouter } from "@runweir/artifacts-trpc";
import { createDemoRouter } from "@runweir/demo-trpc";
import { createHttpServer } from "@runweir/http";
import { createDirectory, defaultWorkspace } from "@runweir/identity-domain";
import { auditExport } from "@runweir/identity-http";
import { createDirectoryStore, createRightsReader } from "@runweir/identity-postgres";
import type { SignIn } from "@runweir/identity-sign-in";
import { createIdentityRouter } from "@runweir/identity-trpc";
import { createIngestion, guardIngestion, withQuotas } from "@runweir/ingest-domain";
import { ingestPoints } from "@runweir/ingest-http";
import { mlflowRest } from "@runweir/mlflow-rest";
import { createNotificationsRouter } from "@runweir/notifications-trpc";
import { createOutbox } from "@runweir/outbox";
import { openDatabase, translateFailures } from "@runweir/postgres";
import { guardRegistry } from "@runweir/registry-domain";
import { createRegistryRouter } from "@runweir/registry-trpc";
import type { ReviewGate } from "@runweir/review-domain";
import { reviewRoutes } from "@runweir/review-http";
import { createReviewRouter } from "@runweir/review-trpc";
import { createSnapshotCurrency } from "@runweir/snapshot-postgres";
import { createLogger, createMetrics, startTracing } from "@runweir/telemetry";
import {
  createExperimentGate,
  createRunAnalyses,
  createTracking,
  guardAnalyses,
  guardTracking,
  seeChanges,
  type TrackingStore,
} from "@runweir/tracking-domain";
import { createGroupCurveReader, createSnapshotRuns } from "@runweir/tracking-duckdb";
import { deliveryRoute } from "@runweir/tracking-http";
import {
  createArtifactPlaces,
  createChangeFeed,
  createMetricReader,
  createOwnershipStore,
  createTrackingStore,
  ensureDefaultExperiment,
} from "@runweir/tracking-postgres";
import { createTrackingRouter } from "@runweir/tracking-trpc";
import type { ZoneName } from "@runweir/web-zones";
import { guardWebhooks } from "@runweir/webhooks-domain";
import { createWebhooksRouter } from "@runweir/webhooks-trpc";
import type { AnyRouter } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import { createArtifactPlacement } from "./artifact-placement.ts";
import { createArtifactStores } from "./artifact-stores.ts";
import { askSnapshots } from "./ask-snapshots.ts";
import { auditChanges, auditDoors } from "./audit-changes.ts";
import { checkReadiness } from "./check-readiness.ts";
import type { ApiSettings } from "./config.ts";
import { createLog } from "./create-log.ts";
import { createDemoTarget } from "./demo-target.ts";
import { followModels } from "./follow-models.ts";
import { grantMaker } from "./grant-maker.ts";
import { growInWorker } from "./grow-in-worker.ts";
import { findInheritance, type Inheritance } from "./inheritance.ts";
import { openAssertions } from "./open-assertions.ts";
import { openAudit } from "./open-audit.ts";
import { openIdentity } from "./open-identity.ts";
import { openMail } from "./open-mail.ts";
import { openNotifications } from "./open-notifications.ts";
import { openQuotas } from "./open-quotas.ts";
import { openRegistry } from "./open-registry.ts";
import { openReviews } from "./open-reviews.ts";
import { openWebhooks } from "./open-webhooks.ts";
import { pageRoutes } from "./page-routes.ts";
import { resetRoute } from "./reset-route.ts";
import { mountSignIn } from "./sign-in-routes.ts";
import { trpcRoutes } from "./trpc-routes.ts";
import { createFactsReader } from "./version-facts.ts";
import { warehouseRoutes } from "./warehouse-routes.ts";

/** What `/version` answers: the MLflow whose protocol the door speaks, since clients decide by it what they may ask. */
const mlflowVersion = "3.17.2";

export interface Api {
  readonly server: FastifyInstance;
  /** By slice; for whoever asks every procedure who may. */
  readonly routers: Readonly<Record<string, AnyRouter>>;
  /** The people of the server, and how they come in. */
  readonly signIn: SignIn;
  /** The path of a link that makes the first administrator, as long as there is none and one is needed. */
  readonly firstAdministratorPath: string | undefined;
  /** What they will find that was there before anybody had to sign in. */
  readonly inheritance: Inheritance | undefined;
  /** Opens the port; resolves with the address for people. */
  listen(): Promise<string>;
  /** Finishes what was accepted, then lets go of the database. */
  close(): Promise<void>;
}

export interface ApiOptions {
  readonly settings: ApiSettings;
  readonly databaseUrl: string;
  readonly zoneUrls: Partial<Record<ZoneName, string>>;
  /** Whether the zones are Next.js's development servers, whose pages may do more than built ones. */
  readonly development?: boolean;
}

/** Puts the API together: stores, services, doors. The database is up to date; nothing is served before `listen`. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const held: (() => Promise<void>)[] = [];
  const release = async () => {
    for (const letGo of held.splice(0).reverse()) await letGo();
  };
  try {
    return await assemble(options, held, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** What must be let go of is put into `held` as it is opened; the last goes first. */
async function assemble(
  options: ApiOptions,
  held: (() => Promise<void>)[],
  release: () => Promise<void>,
): Promise<Api> {
  const { settings } = options;
  const clock = { now: Date.now };
  const newId = () => randomBytes(16).toString("hex");
  const logger = createLogger({
    name: "api",
    level: settings.logLevel,
    pretty: settings.logFormat === "pretty",
  });
  const warn = (message: string, error: unknown) => logger.warn({ err: error }, message);
  const metrics = createMetrics("api");
  const tracing = await startTracing({ service: "api", ...settings.traces });
  held.push(() => tracing.stop());

  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: "runweir-api",
    connectionsMax: 16,
    answerMs: 15_000,
  });
  held.push(() => database.close());
  metrics.trackPool("main", database.pool);
  const store = createTrackingStore({ database });
  const { log, close: closeLog } = await createLog({
    kafka: settings.kafka,
    database,
    clock,
    logger,
    metrics,
    tracing,
  });
  held.push(closeLog);
  const quotas = openQuotas({ limits: settings.quotas, database, clock, registry: metrics.registry });
  const metricReader = createMetricReader({ database });
  const changes = createChangeFeed({
    database,
    onError: (error: unknown) => warn("The change feed broke; it connects again.", error),
  });
  held.push(() => changes.close());

  const outbox = createOutbox({ database, clock, onError: warn });
  held.push(() => outbox.close());
  const webhooks = await openWebhooks({ settings, database, outbox, clock, newId, warn });
  held.push(() => webhooks.stop());

  const assertions = await openAssertions(settings.secretKeys);
  const snapshots = askSnapshots({ url: settings.warehouseUrl, assertions });
  const currency = createSnapshotCurrency(database);
  const snapshotPath = settings.warehouseUrl
    ? {
        runs: createSnapshotRuns(snapshots),
        currency,
        onTrouble: (error: unknown) =>
          warn("A search was answered by Postgres instead of a snapshot.", error),
      }
    : undefined;
  const placement = createArtifactPlacement(settings);
  const trackingOver = (over: TrackingStore) =>
    createTracking({
      store: over,
      log: withQuotas(log, quotas),
      metricReader,
      clock,
      newId,
      random: Math.random,
      artifactLocation: placement.locationOf,
      resolveLocation: placement.resolve,
      snapshotPath,
    });
  const tracking = trackingOver(store);
  const forests = growInWorker();
  held.push(() => forests.close());
  const analyses = createRunAnalyses({
    store,
    log,
    metricReader,
    snapshotPath,
    currency,
    curves: createGroupCurveReader(snapshots),
    growForest: forests.growForest,
    breathe: setImmediate,
  });
  const artifacts = createArtifacts({
    tracking,
    stores: await createArtifactStores(settings),
    rules: placement.rules,
  });
  // Reviews are made of what the registry knows, and stand before its moves.
  const protects: ReviewGate = {
    check: (caller, request) => reviewing.gate.check(caller, request),
    checkRename: (caller, rename) => reviewing.gate.checkRename(caller, rename),
    explain: (caller, requests) => reviewing.gate.explain(caller, requests),
  };
  const { registry, registryOver, bulk, stop } = openRegistry({
    ...{ database, tracking, clock, warn },
    allowedSources: settings.modelSources,
    gate: protects,
  });
  held.push(stop);
  const { log: auditLog, audit, onRefused } = openAudit({ database, clock });
  const bare = { tracking, registry, artifacts };
  const audited = auditChanges(bare, {
    database,
    log: auditLog,
    trackingOver,
    registryOver,
    onError: (error) => warn("A change could not be announced to open pages.", error),
  });
  await ensureDefaultExperiment(database, {
    workspace: defaultWorkspace,
    artifactLocation: placement.locationOf,
    now: clock.now(),
  });

  const rights = createRightsReader({ database: translateFailures(database) });
  const mail = openMail(settings.identity);
  held.push(async () => mail?.mailer.close());
  const { signIn, identify } = await openIdentity({
    settings,
    mail,
    database,
    databaseUrl: options.databaseUrl,
    rights,
    clock,
    newId,
    warn,
  });
  held.push(() => signIn.close());
  const { allowedHosts, allowedOrigins } = settings;
  const server = createHttpServer({
    onRefused,
    logger,
    metrics,
    tracing,
    allowedHosts,
    allowedOrigins,
    identify,
    checkReadiness: () => checkReadiness(database),
  });
  const ownership = createOwnershipStore({ database });
  const directoryStore = createDirectoryStore({ database });
  const directory = createDirectory({
    store: directoryStore,
    rights,
    experimentNames: ownership.findExperimentNames,
    clock,
    newId,
  });
  // Services among themselves ask the bare ones; whoever comes by a door is asked about every object.
  const gate = createExperimentGate({ store: ownership, clock });
  const artifactGate = createArtifactGate({
    gate,
    places: createArtifactPlaces({ database }),
    rules: placement.rules,
  });
  const unheard = {
    tracking: guardTracking(audited.tracking, {
      gate,
      requireLocation: (caller, uri) => artifactGate.requireLocation(caller, "artifact.write", uri),
      onCreated: (caller, experimentId) => grantMaker(directory, caller, { on: "experiment", experimentId }),
    }),
    analyses: guardAnalyses(analyses, { gate }),
    artifacts: guardArtifacts(audited.artifacts, artifactGate),
    registry: guardRegistry(followModels(audited.registry, directory), {
      gate,
      requireLocation: (caller, uri) => artifactGate.requireLocation(caller, "artifact.read", uri),
      onCreated: (caller, name) => grantMaker(directory, caller, { on: "model", pattern: name }),
    }),
    webhooks: guardWebhooks(webhooks.webhooks),
    ingestion: guardIngestion(createIngestion({ log, quotas }), {
      requireRuns: (caller, runIds) =>
        gate.require(
          caller,
          runIds.map((id) => ({ permission: "points.write", on: { kind: "run", id, mayBeAbsent: true } })),
        ),
    }),
  };
  const guarded = auditDoors(unheard, bare, { log: auditLog, clock });
  const newToken = () => randomBytes(24).toString("base64url");
  const notifications = openNotifications({
    ...{ database, outbox, mail, rights, directoryStore, clock, warn },
    users: signIn.users,
  });
  held.push(() => notifications.stop());
  const reviewing = openReviews({
    ...{ databaseUrl: options.databaseUrl, metrics, directoryStore, clock, newId, newToken, warn },
    facts: createFactsReader(guarded),
    publicUrl: settings.identity.publicUrl,
  });
  held.push(() => reviewing.close());
  await server.register(
    mlflowRest({
      ...guarded,
      reviews: reviewing.reviews,
      people: { users: signIn.users, account: signIn.account, directory },
      version: mlflowVersion,
    }),
  );
  await server.register(
    ingestPoints({ ingestion: guarded.ingestion, limits: { idleMs: settings.streamIdleMs } }),
  );
  await server.register(artifactFiles({ artifacts: guarded.artifacts }));
  await server.register(deliveryRoute({ tracking: guarded.tracking }));
  await server.register(auditExport({ audit }));
  await server.register(reviewRoutes({ reviews: reviewing.reviews }));
  await server.register(warehouseRoutes({ url: settings.warehouseUrl, assertions }));
  const routers = {
    tracking: createTrackingRouter({
      tracking: guarded.tracking,
      analyses: guarded.analyses,
      changes,
      sight: seeChanges({ gate }),
      clock,
    }),
    artifacts: createArtifactsRouter({ artifacts: guarded.artifacts }),
    registry: createRegistryRouter({ registry: guarded.registry, bulk }),
    review: createReviewRouter(reviewing),
    analytics: createAnalyticsRouter({
      savedQueries: guardSavedQueries(
        createSavedQueries({
          store: createSavedQueryStore({ database }),
          clock,
          newId,
          newToken,
        }),
      ),
      history: createQueryHistoryStore({ database }),
    }),
    webhooks: createWebhooksRouter(guarded.webhooks),
    notifications: createNotificationsRouter(notifications.preferences),
    identity: createIdentityRouter({ ...signIn, audit, directory, clock }),
    demo: createDemoRouter(
      createDemoTarget({
        // It writes into what it has made itself, which its maker's rights of this moment do not name yet.
        tracking: { ...tracking, createExperiment: guarded.tracking.createExperiment },
        artifacts,
        clock,
      }),
    ),
  };
  trpcRoutes(server, { routers, identify, onRefused });
  mountSignIn(server, { signIn, publicUrl: settings.identity.publicUrl });
  if (settings.testing) resetRoute(server, { database, placement, clock, workspace: defaultWorkspace });
  const { zoneUrls, development = false } = options;
  pageRoutes(server, { zoneUrls, development, allowedHosts, allowedOrigins });

  const firstAdministratorPath = await signIn.issueFirstAdministrator();
  return {
    server,
    routers,
    signIn,
    firstAdministratorPath,
    inheritance:
      firstAdministratorPath === undefined ? undefined : await database.transaction(findInheritance),
    listen: () => server.listen({ host: settings.host, port: settings.port }),
    async close() {
      try {
        await server.close();
      } finally {
        await release();
      }
    },
  };
}
