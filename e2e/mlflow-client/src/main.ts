/**
 * `node e2e/mlflow-client/src/main.ts [pytest options]`: the real MLflow clients, and MLflow's own REST tests, against a
 * Runweir started as `npm start` does it. Ends with its counts. Options go to the tests of the clients.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRunweir } from "@runweir/server";
import { type Counts, sum, words } from "./counts.ts";
import { runClientTests } from "./run-client-tests.ts";
import { runConformance } from "./run-conformance.ts";

const options = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "runweir-e2e-client-"));
// The database may run as a user of its own, who must be able to enter.
await chmod(folder, 0o755);
const suites: { readonly name: string; readonly counts: Counts }[] = [];
try {
  console.log("Starting Runweir...");
  const server = await startRunweir(folder, { RUNWEIR_TESTING: "1" });
  try {
    for (const environment of ["mlflow-3", "mlflow-2"]) {
      suites.push({
        name: `client ${environment}`,
        counts: await runClientTests({ environment, url: server.url, folder, options }),
      });
    }
    // Last: each of its tests empties the server.
    for (const ids of options.length === 0 ? ["core", "registry"] : [])
      suites.push({
        name: `conformance ${ids}`,
        counts: await runConformance({ url: server.url, ids }),
      });
  } finally {
    await server.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  suites.push({ name: "server", counts: { passed: 0, failed: 1, skipped: 0 } });
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const { name, counts } of suites) console.log(`  ${name}: ${words(counts)}`);
const total = sum(suites.map(({ counts }) => counts));
console.log(`mlflow-client: ${words(total)}`);
if (total.failed > 0) process.exitCode = 1;
