import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zones } from "@runweir/web-zones";
import { root } from "./compose-file.ts";

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
  return new Set([...keys, ...ofZones]);
}
