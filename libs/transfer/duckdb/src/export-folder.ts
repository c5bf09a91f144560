import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DomainError } from "@runweir/errors";
import { type ExportPlan, exportTables, manifestName, parsePlan } from "@runweir/transfer-domain";
import { findDamage, hashFile } from "./hash-file.ts";
import { translateStorage } from "./translate-storage.ts";

export interface SealedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The folder that an export is written to: what is in it is whole, or has a name that says it is not. */
export interface ExportFolder {
  readonly root: string;
  /** What an interrupted export had settled; undefined in an empty folder. */
  readonly begun: ExportPlan | undefined;
  /** Empties a folder that an export was begun in, and settles what this one is of. */
  begin(plan: ExportPlan): Promise<void>;
  /** Keeps the files that were complete before and still are what they were; the others are named and gone. */
  verify(onDamage: (what: string) => void): Promise<void>;
  /** All that is complete, by path. */
  readonly complete: ReadonlyMap<string, SealedFile & Details>;
  /** Where to write a file that is not complete yet. */
  stage(path: string): Promise<string>;
  /** It is complete: on the disk, under its name, and written down. */
  seal(path: string, details: Details): Promise<SealedFile>;
  writeText(name: string, text: string): Promise<void>;
  /** The manifest makes it an export; nothing of how it came about stays. */
  finish(manifest: string): Promise<void>;
}

export type Details = Readonly<Record<string, string | number>>;

const work = ".runweir-export";
const planName = `${work}/plan.json`;
const journalName = `${work}/complete.jsonl`;
const ours = new Set([
  work,
  "README.md",
  "SCHEMA.md",
  "artifacts",
  ...exportTables.map((table) => table.name),
]);

/** Rejects with `failed_precondition` when something else is in the folder, or an export that is complete. */
export async function openExportFolder(path: string): Promise<ExportFolder> {
  const root = resolve(path);
  const at = (name: string): string => join(root, name);
  const complete = new Map<string, SealedFile & Details>();
  const orFail = (error: unknown): never => {
    throw translateStorage(error, root);
  };

  async function look(): Promise<ExportPlan | undefined> {
    await mkdir(root, { recursive: true });
    if (!(await stat(root)).isDirectory()) throw notEmpty("it is no folder");
    const names = await readdir(root);
    if (names.includes(manifestName))
      throw notEmpty("it holds a complete export already; choose another folder, or remove it");
    const stranger = names.find((name) => !ours.has(name));
    if (stranger !== undefined)
      throw notEmpty(`it holds ${JSON.stringify(stranger)}, which is no part of an export`);
    if (names.length === 0) return undefined;
    if (!names.includes(work))
      throw notEmpty(`it holds ${JSON.stringify(names[0])} that no export was begun with`);
    return parsePlan(await readFile(at(planName), "utf8").catch(() => ""));
  }

  function notEmpty(why: string): DomainError {
    return new DomainError("failed_precondition", `${root} is not a folder to export to: ${why}.`, {
      reason: "not_empty",
    });
  }

  async function writeText(name: string, text: string): Promise<void> {
    const staged = at(`${work}/${name.replaceAll("/", "-")}.partial`);
    await mkdir(dirname(staged), { recursive: true });
    const file = await open(staged, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(staged, at(name));
    await syncFolder(dirname(at(name)));
  }

  return {
    root,
    begun: await look().catch(orFail),
    complete,

    async begin(plan) {
      try {
        complete.clear();
        for (const name of ours) await rm(at(name), { recursive: true, force: true });
        await mkdir(at(work), { recursive: true });
        await writeText(planName, JSON.stringify(plan));
      } catch (error) {
        orFail(error);
      }
    },

    async verify(onDamage) {
      const text = await readFile(at(journalName), "utf8").catch(() => "");
      complete.clear();
      for (const line of text.split("\n")) {
        const entry = readEntry(line);
        if (entry) complete.set(entry.path, entry);
      }
      for (const entry of [...complete.values()]) {
        const damage = await findDamage(at(entry.path), entry);
        if (damage === undefined) continue;
        onDamage(`${entry.path} ${damage}; it is written anew.`);
        complete.delete(entry.path);
        await rm(at(entry.path), { force: true }).catch(orFail);
      }
    },

    async stage(name) {
      await mkdir(dirname(at(name)), { recursive: true }).catch(orFail);
      await mkdir(at(`${work}/files`), { recursive: true }).catch(orFail);
      const staged = at(`${work}/files/staged`);
      await rm(staged, { force: true }).catch(orFail);
      return staged;
    },

    async seal(name, details) {
      try {
        const staged = at(`${work}/files/staged`);
        const file = await open(staged, "r");
        try {
          await file.sync();
        } finally {
          await file.close();
        }
        const sealed = { path: name, bytes: (await stat(staged)).size, sha256: await hashFile(staged) };
        await rename(staged, at(name));
        await syncFolder(dirname(at(name)));
        // On a line of its own, whatever a killed writer left of the one before.
        await appendFile(at(journalName), `\n${JSON.stringify({ ...details, ...sealed })}`);
        complete.set(name, { ...details, ...sealed });
        return sealed;
      } catch (error) {
        return orFail(error);
      }
    },

    writeText: (name, text) => writeText(name, text).catch(orFail),

    async finish(manifest) {
      await writeText(manifestName, manifest).catch(orFail);
      await rm(at(work), { recursive: true, force: true });
    },
  };
}

/** A killed writer may have left half a line, which counts for nothing. */
function readEntry(line: string): (SealedFile & Details) | undefined {
  try {
    const entry = JSON.parse(line) as SealedFile & Details;
    return typeof entry.path === "string" ? entry : undefined;
  } catch {
    return undefined;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
