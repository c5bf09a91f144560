import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "@runweir/errors";
import { type ZoneName, zones } from "@runweir/web-zones";
import { lockFile } from "../lock-file.ts";
import { hashSources } from "./hash-sources.ts";

const root = resolve(import.meta.dirname, "../../../..");
const store = join(root, ".cache/pages");
/** Builds kept of each zone: those of servers that still run from an older state of the sources. */
const buildsKept = 4;

export interface EnsuredPages {
  /** Where each zone's server lies, ready to be run. */
  readonly folders: Readonly<Record<ZoneName, string>>;
  readonly built: readonly ZoneName[];
}

/**
 * Builds the zones whose sources changed. Each build lies in a folder named after the hash of what went into it, so
 * nothing is built twice and no running server loses its files to a newer build.
 */
export async function ensurePages(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  onBuild(zones: readonly ZoneName[]): void;
}): Promise<EnsuredPages> {
  const names = Object.keys(zones) as ZoneName[];
  const target = Object.fromEntries(
    names.map((zone) => [zone, join(store, `${zone}-${hashSources(root, zones[zone].app)}`)]),
  ) as Record<ZoneName, string>;
  const missing = () => names.filter((zone) => !existsSync(target[zone]));
  const built = missing();
  if (built.length > 0) {
    options.onBuild(built);
    const lock = await waitForLock(options.signal);
    try {
      // Another start may have built them meanwhile. One after the other: a build uses all cores by itself.
      for (const zone of missing()) await build(zone, target[zone], options);
    } finally {
      lock.release();
    }
  }
  const now = new Date();
  for (const zone of names) utimesSync(target[zone], now, now);
  return {
    built,
    folders: Object.fromEntries(names.map((zone) => [zone, join(target[zone], zones[zone].app)])) as Record<
      ZoneName,
      string
    >,
  };
}

async function waitForLock(signal: AbortSignal): Promise<{ release(): void }> {
  for (;;) {
    const lock = lockFile(join(store, "lock"));
    if (lock) return lock;
    await pause(200, undefined, { signal });
  }
}

async function build(
  zone: ZoneName,
  target: string,
  options: { environment: Readonly<Record<string, string | undefined>>; signal: AbortSignal },
): Promise<void> {
  const app = join(root, zones[zone].app);
  const output = join(app, ".next/standalone");
  await rm(output, { recursive: true, force: true });
  await runBuild(zone, app, options);
  // Next.js leaves out what a content network would serve; here the zone's own server does.
  await cp(join(app, ".next/static"), join(output, zones[zone].app, ".next/static"), { recursive: true });
  if (existsSync(join(app, "public")))
    await cp(join(app, "public"), join(output, zones[zone].app, "public"), { recursive: true });
  await mkdir(store, { recursive: true });
  removeOldBuilds(zone);
  await rename(output, target);
}

function runBuild(
  zone: ZoneName,
  app: string,
  options: { environment: Readonly<Record<string, string | undefined>>; signal: AbortSignal },
): Promise<void> {
  return new Promise((done, fail) => {
    let output = "";
    const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
      cwd: app,
      env: { ...options.environment, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      signal: options.signal,
    });
    const collect = (part: Buffer) => {
      output += part.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) return done();
      fail(
        new DomainError(
          "failed_precondition",
          `${output.trim()}\n\nThe ${zone} pages could not be built (above is why). Start without them with --no-pages.`,
          { reason: "build" },
        ),
      );
    });
  });
}

function removeOldBuilds(zone: ZoneName): void {
  const builds = readdirSync(store)
    .filter((name) => name.startsWith(`${zone}-`))
    .map((name) => ({ name, usedAt: statSync(join(store, name)).mtimeMs }))
    .toSorted((a, b) => b.usedAt - a.usedAt);
  for (const { name } of builds.slice(buildsKept - 1)) {
    rmSync(join(store, basename(name)), { recursive: true, force: true });
  }
}
