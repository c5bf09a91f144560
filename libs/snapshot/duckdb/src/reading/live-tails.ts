import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import {
  type Manifest,
  type SnapshotCatalog,
  type SnapshotFolder,
  takeTurns,
} from "@runweir/snapshot-domain";
import { buildTail } from "../build-tail.ts";
import { attemptsMax, type HeldSnapshot, type HeldSnapshots } from "./held-snapshots.ts";
import { overlayFolder } from "./overlay-folder.ts";

export interface HeldTail {
  readonly base: HeldSnapshot;
  readonly manifest: Manifest;
  /** The database as of this moment. */
  readonly until: Date;
  locate(path: string): string;
  letGo(): void;
}

export interface LiveTails {
  hold(workspace: string): Promise<HeldTail>;
  close(): Promise<void>;
}

/** So long a tail serves whoever comes. */
const keptMs = 2_000;

interface Tail extends Omit<HeldTail, "letGo"> {
  /** Just before the database was looked at. */
  readonly since: number;
  readers: number;
  drop(): Promise<void>;
}

/** What came after the current snapshot, as files that nobody publishes: made once for all who ask within two seconds. */
export function createLiveTails(options: {
  readonly catalog: SnapshotCatalog;
  readonly snapshots: HeldSnapshots;
  readonly scratch: string;
  folderOf(workspace: string): SnapshotFolder;
  openDuckDb(folders: readonly string[]): Promise<DuckDb>;
  /** Makes a snapshot: there is none yet, or changes since were not recorded. */
  makeSnapshot(workspace: string): Promise<unknown>;
  onDamage(workspace: string, what: string): void;
  onTrouble(error: unknown): void;
}): LiveTails {
  const { catalog, snapshots } = options;
  const latest = new Map<string, Tail>();
  const drops = new Set<Promise<void>>();

  function retire(workspace: string, tail: Tail): void {
    if (latest.get(workspace) === tail) latest.delete(workspace);
    if (tail.readers > 0) return;
    const drop = tail.drop().catch(options.onTrouble);
    drops.add(drop);
    void drop.then(() => drops.delete(drop));
  }

  async function build(workspace: string): Promise<Tail | undefined> {
    const since = performance.now();
    const root = join(options.scratch, `tail-${randomUUID()}`);
    const base = options.folderOf(workspace);
    const folder = overlayFolder(base, root);
    await mkdir(root, { recursive: true });
    const duckdb = await options.openDuckDb([`${base.root}/`, `${root}/`]);
    let held: HeldSnapshot | undefined;
    try {
      const tail = await catalog.look(workspace, async (look) => {
        if (!look.current) return undefined;
        held = await snapshots.hold(workspace, look.current.seq);
        const onDamage = (what: string) => options.onDamage(workspace, what);
        const manifest = await buildTail(look, { workspace, duckdb, folder, onDamage });
        return manifest && { manifest, until: look.now };
      });
      if (tail && held) {
        const { letGo } = held;
        return {
          base: held,
          ...tail,
          since,
          locate: folder.locate,
          readers: 0,
          async drop() {
            letGo();
            await folder.drop();
          },
        };
      }
    } catch (error) {
      held?.letGo();
      await folder.drop();
      throw error;
    } finally {
      duckdb.close();
    }
    held?.letGo();
    await folder.drop();
    return undefined;
  }

  /** The snapshot that is current at a look may be given up before it is held; then there is a newer one to look at. */
  async function buildOnCurrent(workspace: string): Promise<Tail | undefined> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await build(workspace);
      } catch (error) {
        const isGone = error instanceof DomainError && error.code === "not_found";
        if (!isGone || attempt === attemptsMax) throw error;
      }
  }

  const turn = takeTurns(async (workspace: string): Promise<Tail> => {
    const recent = latest.get(workspace);
    if (recent && performance.now() - recent.since < keptMs) return recent;
    let tail = await buildOnCurrent(workspace);
    if (!tail) {
      await options.makeSnapshot(workspace);
      tail = await buildOnCurrent(workspace);
    }
    if (!tail)
      throw new DomainError("unavailable", "There is no snapshot to go on from; ask again in a moment.");
    const made = tail;
    latest.set(workspace, made);
    setTimeout(() => retire(workspace, made), keptMs - (performance.now() - made.since)).unref();
    return made;
  });

  return {
    async hold(workspace) {
      const recent = latest.get(workspace);
      const tail = recent && performance.now() - recent.since < keptMs ? recent : await turn(workspace);
      tail.readers += 1;
      let over = false;
      return {
        ...tail,
        letGo() {
          if (over) return;
          over = true;
          tail.readers -= 1;
          if (latest.get(workspace) !== tail) retire(workspace, tail);
        },
      };
    },
    async close() {
      for (const [workspace, tail] of latest) {
        tail.readers = 0;
        retire(workspace, tail);
      }
      await Promise.all(drops);
    },
  };
}
