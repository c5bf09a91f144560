import { join, resolve } from "node:path";
import { findFreePort } from "@runweir/ports";
import type { InstanceKeyPlace } from "@runweir/secrets";
import { type ChildService, startChildService } from "./child-service.ts";

const root = resolve(import.meta.dirname, "../../../..");

/** The service that writes snapshots, in a process of its own; ready when it has reached the database. */
export async function startWarehouse(options: {
  readonly databaseUrl: string;
  /** Of the installation; snapshots lie in it unless the environment says otherwise. */
  readonly home: string;
  readonly secretKeys: InstanceKeyPlace;
  /** As the API has it. */
  readonly identity: "open" | "required";
  readonly environment: Readonly<Record<string, string | undefined>>;
  onProblem(message: string): void;
}): Promise<ChildService> {
  const { environment, secretKeys } = options;
  const port = await findFreePort();
  return startChildService({
    name: "The warehouse workers",
    folder: root,
    command: [
      "--disable-warning=TimeoutNegativeWarning",
      // The bytes of large results on their way through would make V8 look through all of its heap every few megabytes.
      "--initial-old-space-size=64",
      join(root, "apps/warehouse/src/main.ts"),
    ],
    environment: {
      ...environment,
      RUNWEIR_DATABASE_URL: options.databaseUrl,
      RUNWEIR_SNAPSHOT_FOLDER: environment.RUNWEIR_SNAPSHOT_FOLDER ?? join(options.home, "snapshots"),
      RUNWEIR_IDENTITY: options.identity,
      RUNWEIR_SECRET_KEY: secretKeys.text?.reveal(),
      RUNWEIR_SECRET_KEY_FILE: secretKeys.file,
      RUNWEIR_WAREHOUSE_HOST: "127.0.0.1",
      RUNWEIR_WAREHOUSE_PORT: String(port),
    },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/health/live",
    mustBeOk: true,
    stopMs: 15_000,
    onProblem: options.onProblem,
  });
}
