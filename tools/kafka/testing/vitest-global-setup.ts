import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMissingTool } from "../src/ensure-jars.ts";
import { startKafka } from "../src/start-kafka.ts";

/**
 * Starts one broker for the whole vitest run; test files make topics of their own on it (another prefix each). Without
 * Java or Maven what needs it is skipped aloud; a strict run (continuous integration) must have them.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const missing = await findMissingTool();
  if (missing && process.env.RUNWEIR_STRICT === "1") throw new Error(missing);
  if (missing) {
    console.warn(`SKIPPED, the Kafka suite: ${missing}`);
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), "runweir-kafka-"));
  const cluster = await startKafka({ folder });
  process.env.RUNWEIR_TEST_KAFKA = cluster.addresses.join(",");
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
