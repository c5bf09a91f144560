import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface PackageFile {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Made by tools or never part of a build. */
const ignored = /(^|\/)(node_modules|\.next|README\.md|next-env\.d\.ts)(\/|$)|\.test\.tsx?$|\.tsbuildinfo$/;

/**
 * A short hash of everything that a zone's build depends on: the zone, the packages of ours that it stands on, whatever
 * they stand on, and the lockfile for the rest.
 */
export function hashSources(root: string, app: string): string {
  const packages = readPackages(root);
  const folders = new Set<string>();
  const visit = (folder: string) => {
    if (folders.has(folder)) return;
    folders.add(folder);
    const { dependencies, devDependencies } = readPackage(root, folder);
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const next = packages.get(name);
      if (next !== undefined) visit(next);
    }
  };
  visit(app);
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", "tsconfig.base.json"]) hash.update(readFileSync(join(root, file)));
  for (const folder of [...folders].sort()) {
    const files = globSync("**/*", {
      cwd: join(root, folder),
      withFileTypes: true,
      exclude: (entry) => ignored.test(entry.name),
    })
      // Not every file is shown to `exclude`.
      .filter((entry) => entry.isFile() && !ignored.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function readPackages(root: string): ReadonlyMap<string, string> {
  const { workspaces = [] } = readPackage(root, "");
  const folders = globSync([...workspaces], { cwd: root }).filter((folder) =>
    existsSync(join(root, folder, "package.json")),
  );
  return new Map(folders.map((folder) => [readPackage(root, folder).name, folder]));
}

function readPackage(root: string, folder: string): PackageFile {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as PackageFile;
}
