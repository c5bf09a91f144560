import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zones } from "@runweir/web-zones";
import { root } from "./compose-file.ts";

/** What `apps/ingest` will read, and the API with it; its own sources tell as soon as they are there. */
const ingestSettings = [
  "RUNWEIR_DATABASE_URL",
  "RUNWEIR_KAFKA_BROKERS",
  "RUNWEIR_KAFKA_TLS",
  "RUNWEIR_KAFKA_CA_FILE",
  "RUNWEIR_KAFKA_SASL_MECHANISM",
  "RUNWEIR_KAFKA_USERNAME",
  "RUNWEIR_KAFKA_PASSWORD",
  "RUNWEIR_KAFKA_TOPIC_PREFIX",
  "RUNWEIR_INGEST_HOST",
  "RUNWEIR_INGEST_PORT",
];

/** The variables that our services read: the keys of the schemas in apps and libraries, and one per zone. */
export function readKnownSettings(): ReadonlySet<string> {
  const sources = globSync("{apps/*,libs/*/*}/src/**/*.ts", {
    cwd: root,
    exclude: (path) => path.includes("node_modules"),
  }).filter((file) => !file.endsWith(".test.ts"));
  const keys = sources.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/^\s*(RUNWEIR_[A-Z0-9_]+):/gm)].map(
      ([, key]) => key!,
    ),
  );
  const ofZones = Object.keys(zones).map((zone) => `RUNWEIR_ZONE_${zone.toUpperCase()}`);
  const ingestIsThere = globSync("apps/ingest/src/config.ts", { cwd: root }).length > 0;
  return new Set([...keys, ...ofZones, ...(ingestIsThere ? [] : ingestSettings)]);
}
