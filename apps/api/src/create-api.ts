import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { createArtifacts } from "@runweir/artifacts-domain";
import { artifactFiles } from "@runweir/artifacts-http";
import { createHttpServer } from "@runweir/http";
import { createDirectory, defaultWorkspace } from "@runweir/identity-domain";
import { auditExport } from "@runweir/identity-http";
import { createDirectoryStore, createRightsReader } from "@runweir/identity-postgres";
import type { SignIn } from "@runweir/identity-sign-in";
import { createIngestion, spareColumns, withQuotas } from "@runweir/ingest-domain";
import { ingestPoints } from "@runweir/ingest-http";
import { mlflowRest } from "@runweir/mlflow-rest";
import { createOutbox } from "@runweir/outbox";
import { openDatabase, translateFailures } from "@runweir/postgres";
import { watchLoads } from "@runweir/registry-domain";
import type { ReviewGate } from "@runweir/review-domain";
import { reviewRoutes } from "@runweir/review-http";
import { createSnapshotCurrency } from "@runweir/snapshot-postgres";
import { createLogger, createMetrics, startTracing } from "@runweir/telemetry";
import { createRunAnalyses, createTracking, type TrackingStore } from "@runweir/tracking-domain";
import { createGroupCurveReader, createSnapshotRuns } from "@runweir/tracking-duckdb";
import { deliveryRoute } from "@runweir/tracking-http";
import {
  createChangeFeed,
  createMetricReader,
  createOwnershipStore,
  createTrackingStore,
  ensureDefaultExperiment,
} from "@runweir/tracking-postgres";
import type { ZoneName } from "@runweir/web-zones";
import type { AnyRouter } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import { createArtifactPlacement } from "./artifact-placement.ts";
import { createArtifactStores } from "./artifact-stores.ts";
import { askSnapshots } from "./ask-snapshots.ts";
import { auditChanges, auditDoors } from "./audit-changes.ts";
import { checkReadiness } from "./check-readiness.ts";
import type { ApiSettings } from "./config.ts";
import { createLog } from "./create-log.ts";
import { createRouters } from "./create-routers.ts";
import { growInWorker } from "./grow-in-worker.ts";
import { guardServices } from "./guard-services.ts";
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
/** Memory that nothing used for so long is given back. */
const restMs = 30_000;

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
  // What happens when; how long something may take is told by a clock that nobody sets.
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

  const resting = setInterval(() => spareColumns.giveBackIfIdle(), restMs);
  held.push(async () => clearInterval(resting));
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
    clock: performance,
    logger,
    metrics,
    tracing,
  });
  held.push(closeLog);
  const quotas = openQuotas({
    limits: settings.quotas,
    database,
    clock: performance,
    registry: metrics.registry,
  });
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
  const { registry, registryOver, bulk, loads, stop } = openRegistry({
    database,
    tracking,
    clock,
    warn,
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
  const directoryStore = createDirectoryStore({ database });
  const ownership = createOwnershipStore({ database });
  const directory = createDirectory({
    store: directoryStore,
    rights,
    experimentNames: ownership.findExperimentNames,
    clock,
    newId,
  });
  // Services among themselves ask the bare ones.
  const { gate, services } = guardServices(
    { ...audited, analyses, webhooks: webhooks.webhooks, ingestion: createIngestion({ log, quotas }) },
    { database, ownership, clock, placement, directory },
  );
  const guarded = auditDoors(services, bare, { log: auditLog, clock });
  const newToken = () => randomBytes(24).toString("base64url");
  const notifications = openNotifications({
    database,
    outbox,
    mail,
    rights,
    directoryStore,
    clock,
    warn,
    users: signIn.users,
  });
  held.push(() => notifications.stop());
  const reviewing = openReviews({
    databaseUrl: options.databaseUrl,
    metrics,
    directoryStore,
    clock,
    newId,
    newToken,
    warn,
    facts: createFactsReader(guarded),
    publicUrl: settings.identity.publicUrl,
  });
  held.push(() => reviewing.close());
  await server.register(
    mlflowRest({
      ...guarded,
      registry: watchLoads(guarded.registry, loads),
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
  const routers = createRouters({
    services: guarded,
    gate,
    bare,
    bulk,
    changes,
    reviewing,
    preferences: notifications.preferences,
    signIn,
    audit,
    directory,
    directoryStore,
    database,
    clock,
    newId,
    newToken,
  });
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
