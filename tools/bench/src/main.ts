/** `npm run bench -- <name> [--seconds N] [--rounds N] [--points N] [--only SUBSTRING]`: one comparison, side by side in one run. */
import { parseArgs } from "node:util";
import { benchAnalytics } from "./analytics/bench-analytics.ts";
import { benchAuthorization } from "./authorization/bench-authorization.ts";
import { benchExport } from "./export/bench-export.ts";
import { benchIngest } from "./ingest/bench-ingest.ts";
import { benchPages } from "./pages/bench-pages.ts";
import { benchQuestions } from "./questions/bench-questions.ts";
import { benchRegistry } from "./registry/bench-registry.ts";
import { benchShapes } from "./shapes/bench-shapes.ts";
import { benchSnapshot } from "./snapshot/bench-snapshot.ts";
import { benchBothWays } from "./tracking/bench-both-ways.ts";
import { benchTracking } from "./tracking/bench-tracking.ts";

const benches = {
  tracking: benchTracking,
  ingest: benchIngest,
  shapes: benchShapes,
  snapshot: benchSnapshot,
  pages: benchPages,
  analytics: benchAnalytics,
  export: benchExport,
  questions: benchQuestions,
  ways: benchBothWays,
  registry: benchRegistry,
  authorization: benchAuthorization,
} as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    runs: { type: "string", default: "10000" },
    pages: { type: "string", default: "1000" },
    models: { type: "string", default: "100000" },
    points: { type: "string", default: "10000000" },
    only: { type: "string", default: "" },
    json: { type: "string" },
    data: { type: "string" },
  },
});
const name = positionals[0] ?? "";
const bench = Object.hasOwn(benches, name) ? benches[name as keyof typeof benches] : undefined;
if (!bench) {
  console.error(`Which benchmark? Found "${name}", known: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
await bench({
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  runs: Number(values.runs),
  pages: Number(values.pages),
  models: Number(values.models),
  points: Number(values.points),
  only: values.only,
  jsonFile: values.json,
  data: values.data,
});
