/**
 * The zone table: which Next.js app owns which page paths. It drives the API's page proxy, typed links (soft inside a
 * zone, hard across), asset prefixes, development ports and end-to-end tests. A path belongs to the zone with the
 * longest matching prefix; `/` is the shell's.
 */
export const zones = {
  shell: { app: "apps/shell", paths: ["/"], assetPrefix: "/_zones/shell", portOffset: 1 },
  tracking: {
    app: "apps/tracking",
    paths: ["/experiments", "/runs", "/logged-models", "/compare"],
    assetPrefix: "/_zones/tracking",
    portOffset: 2,
  },
  analytics: { app: "apps/analytics", paths: ["/sql"], assetPrefix: "/_zones/analytics", portOffset: 3 },
  registry: {
    app: "apps/registry",
    paths: ["/models", "/moves", "/reviews"],
    assetPrefix: "/_zones/registry",
    portOffset: 4,
  },
} as const satisfies Record<string, Zone>;

export interface Zone {
  readonly app: string;
  readonly paths: readonly string[];
  readonly assetPrefix: string;
  /** The zone's server listens on loopback at the API's port plus this. */
  readonly portOffset: number;
}

export type ZoneName = keyof typeof zones;

/** The zone that serves a page path or one of a zone's assets. */
export function zoneOf(path: string): ZoneName {
  const pathname = path.split(/[?#]/, 1)[0] ?? "/";
  let best: { readonly name: ZoneName; readonly length: number } = { name: "shell", length: 0 };
  for (const [name, zone] of Object.entries(zones) as [ZoneName, Zone][]) {
    for (const prefix of [...zone.paths, zone.assetPrefix]) {
      const matches = prefix === "/" || pathname === prefix || pathname.startsWith(`${prefix}/`);
      if (matches && prefix.length > best.length) best = { name, length: prefix.length };
    }
  }
  return best.name;
}
