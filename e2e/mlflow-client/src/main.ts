/**
 * `node e2e/mlflow-client/src/main.ts [--ways open,signed-in,kafka] [pytest options]`: the real MLflow clients, and MLflow's own REST
 * tests, against a Runweir started as `npm start` does it, in each of these ways. Ends with its counts. Options go to the tests of
 * the clients, where nobody has to sign in.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMissingTool } from "@runweir/kafka-broker";
import { startRunweir } from "@runweir/server";
import { type Counts, sum, withoutIt, words } from "./counts.ts";
import { makeCredentials } from "./credentials.ts";
import { runClientTests } from "./run-client-tests.ts";
import { runConformance } from "./run-conformance.ts";
import { runJavaTests } from "./run-java-tests.ts";
import { runRTests } from "./run-r-tests.ts";
import { runSignedInTests } from "./run-signed-in-tests.ts";

const names = ["open", "signed-in", "kafka"] as const;
const { ways, options } = readArguments(process.argv.slice(2));
/** What a client before MLflow 3 has to do signed in: the rest is about what only the newest one knows. */
const ofOldClient: Readonly<Record<string, readonly string[]>> = { "mlflow-2": ["test_registry_rights.py"] };
const languages = [
  ["Java", runJavaTests],
  ["R", runRTests],
] as const;
const suites: { readonly name: string; readonly counts: Counts }[] = [];

/** One server, and what is to be driven against it. */
async function run(way: {
  readonly name: string;
  readonly args: readonly string[];
  readonly environments: readonly string[];
  readonly javaAndR?: true;
  readonly signedIn?: true;
  readonly ids: readonly string[];
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-e2e-client-"));
  // The database may run as a user of its own, who must be able to enter.
  await chmod(folder, 0o755);
  try {
    console.log(`Starting Runweir (${way.name})...`);
    const server = await startRunweir(
      folder,
      { RUNWEIR_TESTING: "1", RUNWEIR_WEBHOOK_PRIVATE_HOSTS: "127.0.0.1" },
      way.args,
    );
    try {
      const credentials = way.signedIn && (await makeCredentials({ url: server.url, folder }));
      for (const environment of way.environments) {
        const run = { environment, url: server.url, folder };
        suites.push({
          name: `client ${environment}, ${way.name}`,
          counts: await (credentials
            ? runSignedInTests({ ...run, credentials, files: ofOldClient[environment] })
            : runClientTests({ ...run, options })),
        });
      }
      for (const [language, runTests] of way.javaAndR && options.length === 0 ? languages : [])
        suites.push({
          name: `client for ${language}, ${way.name}`,
          counts: await runTests({ environment: "mlflow-3", url: server.url, credentials }),
        });
      // Last: each of its tests empties the server.
      for (const ids of options.length === 0 ? way.ids : [])
        suites.push({
          name: `conformance ${ids}, ${way.name}`,
          counts: await runConformance({ url: server.url, ids, credentials }),
        });
    } finally {
      await server.stop();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    suites.push({ name: way.name, counts: { passed: 0, failed: 1, skipped: 0 } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (ways.includes("open"))
  await run({
    name: "metrics straight into Postgres",
    args: [],
    environments: ["mlflow-3", "mlflow-2"],
    javaAndR: true,
    ids: ["core", "registry"],
  });
if (ways.includes("signed-in"))
  await run({
    name: "everybody signed in",
    args: ["--identity", "--no-pages", "--no-warehouse"],
    environments: ["mlflow-3", "mlflow-2"],
    javaAndR: true,
    signedIn: true,
    ids: ["core", "registry"],
  });
if (ways.includes("kafka")) {
  const missing = await findMissingTool();
  const throughKafka = "metrics through Kafka";
  if (missing) suites.push({ name: throughKafka, counts: withoutIt(throughKafka, missing) });
  else
    await run({
      name: throughKafka,
      args: ["--kafka", "--no-pages"],
      environments: ["mlflow-3"],
      ids: ["core"],
    });
}

for (const { name, counts } of suites) console.log(`  ${name}: ${words(counts)}`);
const total = sum(suites.map(({ counts }) => counts));
console.log(`mlflow-client: ${words(total)}`);
if (total.failed > 0) process.exitCode = 1;

function readArguments(given: readonly string[]): {
  readonly ways: readonly string[];
  readonly options: readonly string[];
} {
  if (given[0] !== "--ways") {
    // Options choose tests; none of those with credentials would be among them.
    return { ways: given.length === 0 ? names : ["open", "kafka"], options: given };
  }
  const [, list = "", ...options] = given;
  const ways = list.split(",");
  const unknown = ways.find((way) => !names.some((name) => name === way));
  if (unknown !== undefined) throw new Error(`--ways: '${unknown}' is none of ${names.join(", ")}.`);
  return { ways, options };
}
