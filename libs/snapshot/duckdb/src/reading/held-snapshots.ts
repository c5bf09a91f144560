import { DomainError } from "@runweir/errors";
import type { Manifest, SnapshotCatalog, SnapshotFolder, SnapshotLease } from "@runweir/snapshot-domain";

export interface HeldSnapshot {
  readonly lease: SnapshotLease;
  readonly manifest: Manifest;
  /** Until when it is known to be all there was. */
  readonly asOf: Date;
  letGo(): void;
}

export interface HeldSnapshots {
  /** Holds a snapshot and its files; `not_found` when there is none of this number, or no longer. */
  hold(workspace: string, seq: number | undefined): Promise<HeldSnapshot>;
  /** Gives all leases back, whoever still reads. */
  close(): Promise<void>;
}

const leaseSeconds = 600;
const renewMs = 120_000;
/** The next reader often comes soon: a lease costs two statements. */
const lingerMs = 10_000;
/** So often the current snapshot is asked for anew, when the one that was current has been given up before it was held. */
export const attemptsMax = 10;

interface Entry {
  readonly lease: SnapshotLease;
  readonly manifest: Manifest;
  readonly letFilesGo: () => void;
  readers: number;
  /** Its lease has been given back, or has run out. */
  over: boolean;
  renewing?: NodeJS.Timeout;
  lingering?: NodeJS.Timeout | undefined;
}

/** The snapshots that this process reads: one lease each, however many readers there are. */
export function createHeldSnapshots(options: {
  readonly catalog: SnapshotCatalog;
  readonly holder: string;
  folderOf(workspace: string): SnapshotFolder;
  onDamage(workspace: string, what: string): void;
  onTrouble(error: unknown): void;
}): HeldSnapshots {
  const { catalog } = options;
  const entries = new Map<string, Promise<Entry>>();

  async function open(workspace: string, seq: number | undefined): Promise<Entry> {
    const lease = await catalog.lease(workspace, { holder: options.holder, seconds: leaseSeconds, seq });
    try {
      const folder = options.folderOf(workspace);
      const manifest = await folder.readManifest(lease.manifestPath, lease.manifestSha256);
      return { lease, manifest, letFilesGo: await folder.hold(manifest.files), readers: 0, over: false };
    } catch (error) {
      await catalog.release(lease.leaseId).catch(options.onTrouble);
      if (error instanceof DomainError && error.reason === "snapshot_damaged")
        options.onDamage(workspace, error.message);
      throw error;
    }
  }

  async function end(name: string, entry: Entry): Promise<void> {
    if (entry.over) return;
    entry.over = true;
    entries.delete(name);
    clearInterval(entry.renewing);
    clearTimeout(entry.lingering);
    entry.letFilesGo();
    await catalog.release(entry.lease.leaseId).catch(options.onTrouble);
  }

  function begin(name: string, workspace: string, seq: number | undefined): Promise<Entry> {
    const opening = open(workspace, seq).then((entry) => {
      entry.renewing = setInterval(() => {
        catalog.renew(entry.lease.leaseId, leaseSeconds).catch((error: unknown) => {
          options.onTrouble(error);
          // Ended: whoever comes next takes another one. Who reads already goes on for the time of grace.
          if (error instanceof DomainError && error.code === "not_found") void end(name, entry);
        });
      }, renewMs);
      entry.renewing.unref();
      return entry;
    });
    entries.set(name, opening);
    opening.catch(() => entries.delete(name));
    return opening;
  }

  async function hold(workspace: string, given: number | undefined, attempt = 1): Promise<HeldSnapshot> {
    const current = given === undefined ? await catalog.findCurrent(workspace) : undefined;
    const seq = given ?? current?.seq;
    const name = `${workspace} ${seq}`;
    const opening = entries.get(name) ?? begin(name, workspace, seq);
    const entry = await opening.catch((error: unknown) => {
      // One that was current a moment ago may have been given up since.
      const late = error instanceof DomainError && error.code === "not_found" && current !== undefined;
      if (late && attempt < attemptsMax) return undefined;
      throw error;
    });
    if (!entry) return hold(workspace, given, attempt + 1);
    entry.readers += 1;
    clearTimeout(entry.lingering);
    let over = false;
    return {
      lease: entry.lease,
      manifest: entry.manifest,
      asOf: current?.asOf ?? entry.lease.asOf,
      letGo() {
        if (over) return;
        over = true;
        entry.readers -= 1;
        if (entry.readers > 0 || entry.over) return;
        entry.lingering = setTimeout(() => void end(name, entry), lingerMs);
        entry.lingering.unref();
      },
    };
  }

  return {
    hold: (workspace, seq) => hold(workspace, seq),
    async close() {
      for (const [name, opening] of entries) {
        const entry = await opening.catch(() => undefined);
        if (entry) await end(name, entry);
      }
    },
  };
}
