import { join, resolve } from "node:path";
import { findFreePort } from "@runweir/ports";
import { type ChildService, startChildService } from "./child-service.ts";

const root = resolve(import.meta.dirname, "../../../..");

/** The service that applies metrics from Kafka, in a process of its own; ready when it has joined its group. */
export async function startIngest(options: {
  readonly databaseUrl: string;
  readonly brokers: string;
  /** Whether messages of the inbound topic need an account. */
  readonly identity: "open" | "required";
  readonly environment: Readonly<Record<string, string | undefined>>;
  onProblem(message: string): void;
}): Promise<ChildService> {
  const port = await findFreePort();
  return startChildService({
    name: "The ingest workers",
    folder: root,
    command: ["--disable-warning=TimeoutNegativeWarning", join(root, "apps/ingest/src/main.ts")],
    environment: {
      ...options.environment,
      RUNWEIR_DATABASE_URL: options.databaseUrl,
      RUNWEIR_KAFKA_BROKERS: options.brokers,
      RUNWEIR_IDENTITY: options.identity,
      RUNWEIR_INGEST_HOST: "127.0.0.1",
      RUNWEIR_INGEST_PORT: String(port),
    },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/health/ready",
    mustBeOk: true,
    stopMs: 15_000,
    onProblem: options.onProblem,
  });
}
