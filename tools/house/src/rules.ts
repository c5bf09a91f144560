/**
 * The directions of the house (design: app -> transport and adapter -> domain -> errors). One table; a pair that is not
 * listed is forbidden.
 */
export const allowedLayers: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  platform: ["errors", "platform", "domain"],
  domain: ["errors", "domain"],
  adapter: ["errors", "platform", "domain"],
  transport: ["errors", "platform", "domain"],
  web: ["web"],
  zone: ["web"],
  app: ["errors", "platform", "domain", "adapter", "transport", "web", "app"],
  tool: ["errors", "platform", "domain", "adapter", "transport", "web", "app", "tool"],
  e2e: ["errors", "platform", "domain", "adapter", "transport", "web", "app", "tool", "e2e"],
};

/** Layers that may be imported with `import type` besides: pages know a router's type, never its code. */
export const allowedTypeLayers: Readonly<Record<string, readonly string[]>> = {
  web: ["transport", "domain"],
  zone: ["transport"],
};

/**
 * Which other slices' domains (and, for pages, other slices' pages) a slice may know. `platform` and `web` scopes are
 * technical and open to all; everything else is listed here or forbidden.
 */
export const allowedScopes: Readonly<Record<string, readonly string[]>> = {
  platform: ["identity"],
  identity: [],
  ingest: ["identity"],
  tracking: ["identity", "ingest", "artifacts"],
  artifacts: ["identity", "tracking"],
  registry: ["identity", "tracking"],
  review: ["identity", "tracking", "registry", "artifacts"],
  snapshot: ["identity", "ingest"],
  transfer: ["identity", "ingest", "tracking", "artifacts", "registry", "snapshot"],
  mlflow: ["identity", "ingest", "tracking", "artifacts", "registry", "review", "webhooks"],
  webhooks: ["identity"],
  notifications: ["identity"],
  analytics: ["identity"],
  demo: ["identity", "tracking"],
  web: ["tracking", "artifacts", "demo", "identity", "registry", "review"],
};

/**
 * Slices whose routers' types a slice's pages may know besides: a run's page links to the versions made of it, a model's page shows
 * requests about it and who is told of it.
 */
export const allowedPageScopes: Readonly<Record<string, readonly string[]>> = {
  tracking: ["registry"],
  registry: ["review", "webhooks"],
};

/** Web libraries that may not know any slice: the design system and what it stands on. */
export const sliceFreeWeb = [
  "@runweir/web-ui",
  "@runweir/web-charts",
  "@runweir/web-zones",
  "@runweir/web-trpc-client",
];

/** What a domain must be handed instead of reaching for. */
export const impureInDomain = [
  { what: "the clock", pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/ },
  { what: "randomness", pattern: /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/ },
  { what: "the environment", pattern: /\bprocess\.(env|argv|cwd)\b/ },
  { what: "timers", pattern: /\bset(Timeout|Interval|Immediate)\(/ },
  { what: "the network", pattern: /\bfetch\(/ },
  {
    what: "SQL",
    pattern: /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s+[a-z_*]+[\s\S]{0,80}\b(FROM|VALUES|SET|WHERE)\b/,
  },
];

/** Node's own modules a domain may use: pure computation only. */
export const pureNodeModules = [
  "node:buffer",
  "node:crypto",
  "node:zlib",
  "node:path",
  "node:url",
  "node:stream",
];

export const bannedNames = [
  "utils",
  "util",
  "helpers",
  "helper",
  "common",
  "shared",
  "misc",
  "manager",
  "types",
  "constants",
  "v2",
];

/** The top level, and nothing else besides tool configuration and dot-files. */
export const topLevel = [
  "LICENSE",
  "README.md",
  "CONTRIBUTING.md",
  "apps",
  "biome.json",
  "docker",
  "e2e",
  "knip.json",
  "libs",
  "nx.json",
  "package-lock.json",
  "package.json",
  "tools",
  "tsconfig.base.json",
  "vitest.config.ts",
];

export const linesMax = 400;
export const readmeLinesMax = 60;
