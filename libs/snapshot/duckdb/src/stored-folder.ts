import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DomainError } from "@runweir/errors";
import {
  damaged,
  type SnapshotFile,
  type SnapshotFolder,
  type SnapshotStore,
  tables,
} from "@runweir/snapshot-domain";
import { createFileCache } from "./file-cache.ts";
import { rethrowFull } from "./snapshot-folder.ts";
import { withoutStanding } from "./without-standing.ts";

/** One listing serves the many questions of one pass. */
const listedMs = 10_000;
const downloadsAtOnce = 4;

/**
 * Snapshots that a store keeps, with a folder of this machine in front. Files are written there and then put into the
 * store, the manifest after all of its files; those that are read are fetched and their checksum compared. The folder
 * holds at most `cacheBytes` beside what is in use: it belongs to one process.
 */
export function openStoredFolder(options: {
  readonly local: SnapshotFolder;
  readonly store: SnapshotStore;
  readonly cacheBytes: number;
  /** Without a byte moving for so long, the store counts as away. */
  readonly standingMs?: number;
}): SnapshotFolder {
  const { local, store } = options;
  const standingMs = options.standingMs ?? 60_000;
  const cache = createFileCache(local.root, options.cacheBytes);
  const downloads = new Map<string, Promise<void>>();
  /** Files that the store gave otherwise than they were written. */
  const altered = new Map<string, string>();
  const unfinished = new Map<string, () => void>();
  let listing: { readonly at: number; readonly files: Promise<ReadonlyMap<string, number>> } | undefined;

  const incoming = join(local.root, "incoming");
  let cleared: Promise<void> | undefined;

  const ask = <T>(work: () => Promise<T>): Promise<T> => withoutStanding(standingMs, work);

  async function put(path: string): Promise<void> {
    listing = undefined;
    const file = createReadStream(local.locate(path), { highWaterMark: 2 ** 20 });
    try {
      await withoutStanding(standingMs, (moved) => store.put(path, watched(file, moved)));
    } finally {
      file.destroy();
    }
  }

  async function listFiles(): Promise<ReadonlyMap<string, number>> {
    const files = new Map<string, number>();
    for (const folder of ["manifests", ...tables.map(({ name }) => `data/${name}`)])
      for (const [name, bytes] of await ask(() => store.list(folder))) files.set(`${folder}/${name}`, bytes);
    return files;
  }

  function listed(): Promise<ReadonlyMap<string, number>> {
    const now = performance.now();
    if (listing && now - listing.at < listedMs) return listing.files;
    const files = listFiles();
    listing = { at: now, files };
    files.catch(() => {
      listing = undefined;
    });
    return files;
  }

  /** Under its name once it is whole, and as it was written. */
  async function download(path: string, sha256: string): Promise<void> {
    const place = local.locate(path);
    const begun = join(incoming, randomUUID());
    // What a process that was killed had begun to fetch.
    cleared ??= rm(incoming, { recursive: true, force: true });
    await cleared;
    const hash = createHash("sha256");
    try {
      for (const folder of [dirname(place), incoming]) await mkdir(folder, { recursive: true });
      await withoutStanding(standingMs, async (moved) => {
        const seen = (part: Buffer): void => {
          moved();
          hash.update(part);
        };
        await pipeline(watched(await store.read(path), seen, brokenOff), createWriteStream(begun));
      });
      if (hash.digest("hex") !== sha256) {
        const what = `File ${path} is not as it was written: its checksum differs`;
        altered.set(path, what);
        throw damaged(what);
      }
      await rename(begun, place);
    } catch (error) {
      await rm(begun, { force: true });
      if (error instanceof DomainError && error.code === "not_found")
        throw damaged(`File ${path} is missing`, error);
      rethrowFull(error);
    }
  }

  async function bring(file: SnapshotFile): Promise<void> {
    const found = await stat(local.locate(file.path)).catch(() => undefined);
    if (found?.size === file.bytes) return;
    let coming = downloads.get(file.path);
    if (!coming) {
      coming = download(file.path, file.sha256).finally(() => downloads.delete(file.path));
      downloads.set(file.path, coming);
    }
    await coming;
  }

  return {
    ...local,

    async hold(files) {
      const letGo = cache.pin(files);
      // What is just being removed is gone before anybody looks for it.
      await cache.shrink();
      const waiting = [...files];
      const carry = async (): Promise<void> => {
        for (let file = waiting.pop(); file; file = waiting.pop()) await bring(file);
      };
      const outcomes = await Promise.allSettled(Array.from({ length: downloadsAtOnce }, carry));
      const failed = outcomes.find((one) => one.status === "rejected");
      if (failed) {
        letGo();
        throw failed.reason;
      }
      return () => {
        letGo();
        void cache.shrink();
      };
    },

    async seal(path) {
      const sealed = await local.seal(path);
      // The one who builds goes on reading it, without asking for it.
      unfinished.set(path, cache.pin([{ path, bytes: sealed.bytes }]));
      await put(path);
      return sealed;
    },

    async writeManifest(manifest) {
      const written = await local.writeManifest(manifest);
      await put(written.path);
      for (const letGo of unfinished.values()) letGo();
      unfinished.clear();
      await cache.shrink();
      return written;
    },

    async readManifest(path, sha256) {
      const here = await local.readManifest(path, sha256).catch(() => undefined);
      if (here) return here;
      await download(path, sha256);
      return local.readManifest(path, sha256);
    },

    async findDamage(file, thorough) {
      const known = altered.get(file.path);
      if (known !== undefined) return known;
      const bytes = (await listed()).get(file.path);
      if (bytes === undefined) return `File ${file.path} is missing`;
      if (bytes !== file.bytes) return `File ${file.path} has ${bytes} bytes instead of ${file.bytes}`;
      // The store's copies are compared when they are fetched; a copy of ours that has changed is fetched again.
      if (thorough && (await local.findDamage(file, true)) !== undefined) await local.remove([file.path]);
      return undefined;
    },

    async remove(paths) {
      listing = undefined;
      for (const path of paths) {
        unfinished.get(path)?.();
        unfinished.delete(path);
      }
      await local.remove(paths);
      for (const path of paths) await ask(() => store.delete(path));
    },

    async sweep(kept) {
      await local.sweep(kept);
      listing = undefined;
      for (const path of (await listed()).keys()) if (!kept.has(path)) await ask(() => store.delete(path));
      listing = undefined;
      for (const path of altered.keys()) if (!kept.has(path)) altered.delete(path);
    },
  };
}

function brokenOff(error: Error): Error {
  if (error instanceof DomainError) return error;
  const message = `The store of the snapshots broke off in the middle of a file (${error.message}); it is tried again.`;
  return new DomainError("unavailable", message, { cause: error });
}

function watched(body: Readable, see: (part: Buffer) => void, tell = (error: Error) => error): Readable {
  const watch = new Transform({
    transform(part: Buffer, _encoding, done) {
      see(part);
      done(null, part);
    },
  });
  body.on("error", (error) => watch.destroy(tell(error)));
  watch.on("close", () => body.destroy());
  return body.pipe(watch);
}
