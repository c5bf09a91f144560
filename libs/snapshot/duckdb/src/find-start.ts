import { DomainError } from "@runweir/errors";
import {
  type EntityKind,
  entityKinds,
  numbersOfBucket,
  pointTables,
  type SnapshotBuild,
  type SnapshotFile,
  schemaVersion,
  tables,
} from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";

/** Where to go on from. */
export interface Start {
  /** Files that are as they were written. */
  readonly files: readonly SnapshotFile[];
  /** All files of the snapshot before. */
  readonly listed: readonly SnapshotFile[];
  readonly changed: ReadonlyMap<EntityKind, readonly number[]>;
  /** Runs whose points are read whole, whatever is new of them. */
  readonly runsToRead: readonly number[] | "all";
}

export async function everything(build: SnapshotBuild): Promise<Start> {
  const changed = new Map<EntityKind, readonly number[]>();
  for (const kind of entityKinds) changed.set(kind, await build.listNumbers(kind));
  return { files: [], listed: [], changed, runsToRead: "all" };
}

/** The current snapshot and what changed since; undefined when everything has to be read anew. */
export async function readCurrent(
  context: BuildContext,
  options: { readonly thorough?: boolean | undefined; onDamage?(what: string): void },
): Promise<Start | undefined> {
  const { build, folder } = context;
  const { current, changes } = build;
  if (!current || !changes) return undefined;
  const manifest = await folder
    .readManifest(current.manifestPath, current.manifestSha256)
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.reason !== "snapshot_damaged") throw error;
      options.onDamage?.(error.message);
    });
  if (manifest?.schemaVersion !== schemaVersion) return undefined;
  const bad: SnapshotFile[] = [];
  for (const file of manifest.files) {
    const damage = await folder.findDamage(file, options.thorough ?? false);
    if (damage === undefined) continue;
    options.onDamage?.(`${damage}.`);
    bad.push(file);
  }
  const repair = await findLost(build, bad);
  return {
    files: manifest.files.filter((file) => !bad.includes(file)),
    listed: manifest.files,
    changed: new Map(
      entityKinds.map((kind) => [
        kind,
        [...new Set([...(changes.get(kind) ?? []), ...(repair.changed.get(kind) ?? [])])].sort(
          (a, b) => a - b,
        ),
      ]),
    ),
    runsToRead: repair.runs,
  };
}

/** What was in damaged files, and maybe more: entities of the same buckets, runs between the least and the greatest. */
async function findLost(build: SnapshotBuild, bad: readonly SnapshotFile[]) {
  const changed = new Map<EntityKind, readonly number[]>();
  if (bad.length === 0) return { changed, runs: [] };
  const lost = new Map<EntityKind, Set<number>>();
  const runs = new Set<number>();
  for (const kind of entityKinds) {
    const numbers = await build.listNumbers(kind);
    for (const file of bad) {
      const ofPoints = file.bucket === undefined;
      if (kindOf(file.table) !== kind) continue;
      const [from, to] = file.bucket === undefined ? file.numbers : numbersOfBucket(file.bucket);
      const inside = numbers.filter((number) => number >= from && number <= to);
      const made = file.table === pointTables.summary.name || file.table === pointTables.rollup.name;
      for (const number of inside) {
        if (ofPoints || made) runs.add(number);
        else lost.set(kind, (lost.get(kind) ?? new Set()).add(number));
      }
    }
  }
  for (const [kind, numbers] of lost) changed.set(kind, [...numbers]);
  return { changed, runs: [...runs] };
}

function kindOf(table: string): EntityKind | undefined {
  return tables.find((one) => one.name === table)?.kind;
}
