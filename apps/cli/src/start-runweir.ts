import { join } from "node:path";
import { createApi, type Inheritance, prepareDatabase } from "@runweir/api-app";
import { type InstanceKeyPlace, keepKeyFile } from "@runweir/secrets";
import type { ZoneName } from "@runweir/web-zones";
import type { StartSettings } from "./config.ts";
import { lockHome } from "./lock-home.ts";
import { ensurePages } from "./pages/ensure-pages.ts";
import { startZones } from "./pages/start-zones.ts";
import { assertPortFree } from "./ports.ts";
import { startCluster } from "./postgres/start-cluster.ts";
import { prepareHome } from "./prepare-home.ts";
import { createProgress, type Progress } from "./progress.ts";
import { startBroker } from "./services/start-broker.ts";
import { startIngest } from "./services/start-ingest.ts";
import { startWarehouse } from "./services/start-warehouse.ts";
import { type Stop, stopWithParent } from "./stop-on-signal.ts";

/**
 * Everything on one machine in one go: folder, database, migrations, API, pages. What was started is registered with
 * `stop` at once, so that stopping half-way undoes exactly that much. Resolves when requests are answered.
 */
export async function startRunweir(settings: StartSettings, stop: Stop): Promise<void> {
  if (settings.byNpm) stopWithParent(stop);
  const progress = createProgress((text) => process.stdout.write(text));
  progress.plain("Runweir is starting.");
  await prepareHome(settings.home);
  const lock = lockHome(settings.home);
  stop.after(async () => lock.release());
  await assertPortFree(settings.host, settings.port);
  const secretKeys = await keepSecretKeys(settings);

  // The pages are built beside the database's start. A failure of one must not leave the other's unheard.
  const building = settings.pages === "built" ? buildPages(settings, progress, stop) : undefined;
  building?.catch(() => {});
  const databaseUrl = settings.databaseUrl ?? (await startOwnDatabase(settings, progress, stop));
  await progress.phase("migrations", async () => {
    const { applied, version } = await prepareDatabase(databaseUrl);
    const said = applied.length > 0 ? `${applied.length} applied` : "none new";
    return { said: `${said} (PostgreSQL ${version})`, result: undefined };
  });
  const brokers = await startLog(settings, databaseUrl, progress, stop);
  const folders = await building;
  stop.signal.throwIfAborted();

  const { url, welcome, inheritance } = await progress.phase("services", async () => {
    const [zoneUrls, warehouse] = await Promise.all([
      startPages(settings, folders, stop),
      startOwnWarehouse(settings, secretKeys, databaseUrl, stop),
    ]);
    stop.signal.throwIfAborted();
    const kafka = brokers === undefined ? undefined : settings.kafkaAt(brokers);
    const warehouseUrl = warehouse ?? settings.api.warehouseUrl;
    const api = await createApi({
      settings: { ...settings.api, kafka, warehouseUrl, secretKeys },
      databaseUrl,
      zoneUrls,
      development: settings.pages === "dev",
    });
    stop.after(() => api.close());
    const names = ["api", ...(warehouse ? ["warehouse"] : []), ...Object.keys(zoneUrls)].join(", ");
    const url = await api.listen();
    const base = settings.api.identity.publicUrl ?? url;
    const welcome = api.firstAdministratorPath && `${base}${api.firstAdministratorPath}`;
    return { said: names, result: { url, welcome, inheritance: api.inheritance } };
  });
  lock.announce(url);
  progress.plain(invitation(url, settings));
  if (inheritance) progress.plain(describeUpgrade(inheritance));
  if (welcome) progress.plain(firstAdministrator(welcome));
}

/** The keys that were given, or else those of the data folder. */
async function keepSecretKeys({ api, home }: StartSettings): Promise<InstanceKeyPlace> {
  const { text, file } = api.secretKeys;
  return text || file ? api.secretKeys : { file: await keepKeyFile(home) };
}

function startOwnDatabase(settings: StartSettings, progress: Progress, stop: Stop): Promise<string> {
  return progress.phase("database", async () => {
    const cluster = await startCluster(settings.home, {
      signal: stop.signal,
      onProblem: (message) => console.error(message),
    });
    stop.after(() => cluster.stop());
    return { said: cluster.created ? "created and started" : "started", result: cluster.url };
  });
}

/** The broker if it is ours, and the service that applies what goes through it. Undefined: there is none. */
async function startLog(
  settings: StartSettings,
  databaseUrl: string,
  progress: Progress,
  stop: Stop,
): Promise<string | undefined> {
  if (settings.log === "direct") return undefined;
  const { environment } = settings;
  const onProblem = (message: string) => console.error(message);
  const brokers =
    settings.api.kafka?.brokers.join(",") ??
    (await progress.phase("kafka", async () => {
      const broker = await startBroker({ folder: join(settings.home, "kafka"), environment, onProblem });
      stop.after(() => broker.stop());
      return { said: "started", result: broker.brokers };
    }));
  stop.signal.throwIfAborted();
  await progress.phase("ingest", async () => {
    const ingest = await startIngest({
      databaseUrl,
      brokers,
      identity: settings.api.identity.mode,
      environment,
      onProblem,
    });
    stop.after(() => ingest.stop());
    return { said: "started", result: undefined };
  });
  return brokers;
}

/** The address of the warehouse, if it is ours. */
async function startOwnWarehouse(
  { warehouse, home, environment, api }: StartSettings,
  secretKeys: InstanceKeyPlace,
  databaseUrl: string,
  stop: Stop,
): Promise<string | undefined> {
  if (!warehouse) return undefined;
  const onProblem = (message: string) => console.error(message);
  const service = await startWarehouse({
    databaseUrl,
    home,
    secretKeys,
    identity: api.identity.mode,
    environment,
    onProblem,
  });
  stop.after(() => service.stop());
  return service.url;
}

function buildPages(settings: StartSettings, progress: Progress, stop: Stop) {
  return progress.phase("pages", async () => {
    const { folders, built } = await ensurePages({
      environment: settings.environment,
      signal: stop.signal,
      onBuild: (zones) =>
        progress.note("pages", `building ${zones.join(" and ")} (only when their sources changed)...`),
    });
    return { said: built.length > 0 ? `${built.join(" and ")} built` : "up to date", result: folders };
  });
}

async function startPages(
  settings: StartSettings,
  folders: Readonly<Record<ZoneName, string>> | undefined,
  stop: Stop,
): Promise<Partial<Record<ZoneName, string>>> {
  if (settings.pages === "off") return {};
  const zones = await startZones({
    folders,
    environment: settings.environment,
    onProblem: (message) => console.error(message),
  });
  stop.after(() => zones.stop());
  return zones.urls;
}

function invitation(url: string, { home, api }: StartSettings): string {
  const credentials =
    api.identity.mode === "open"
      ? ""
      : "\n    # MLFLOW_TRACKING_TOKEN=<a token of yours>, from the page Account";
  return `
  Runweir is ready: ${url}
${credentials}
    import mlflow
    mlflow.set_tracking_uri("${url}")
    with mlflow.start_run(): mlflow.log_metric("loss", 0.42)

  Data is kept in ${home}. Ctrl-C stops everything.
`;
}

/** For whoever used it without sign-in until now. */
function describeUpgrade({ experiments, runs, models, queries }: Inheritance): string {
  const kinds = [
    [experiments, "experiment"],
    [runs, "run"],
    [models, "registered model"],
    [queries, "saved query"],
  ] as const;
  const kept = kinds
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${count === 1 ? kind : kind.replace(/y$/, "ie").concat("s")}`);
  return `  What changed: until now nobody had to sign in here, and from now on everybody has to.
  Nothing is lost: ${kept.join(", ")} stay as they are and belong to the first administrator.
  Clients need MLFLOW_TRACKING_TOKEN (or user name and password), and people an invitation.
`;
}

/** Nobody is anybody here before this link is used: there is no default account, and no default password. */
function firstAdministrator(link: string): string {
  return `  It has no administrator yet. Become it (works once, for 24 hours):

    ${link}
`;
}
