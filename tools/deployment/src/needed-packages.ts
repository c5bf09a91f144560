/** What a lock file of npm (version 3) says of the packages of a tree, by their folders. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  /** A workspace: `resolved` is its folder. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * The folders of all packages that a workspace needs to run. npm also installs optional peers, where anybody else in the repository
 * has them: for the API that would be Next.js and Vitest, with a compiler each.
 */
export function neededPackages({ packages }: LockFile, workspace: string): ReadonlySet<string> {
  if (!packages[workspace]) throw new Error(`the lock file knows no workspace ${workspace}`);
  const needed = new Set<string>();
  const waiting = [workspace];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (needed.has(folder)) continue;
    needed.add(folder);
    const about = packages[folder];
    if (about?.link && about.resolved) waiting.push(about.resolved);
    for (const name of neededBy(about ?? {})) {
      const found = findPackage(packages, folder, name);
      if (found) waiting.push(found);
    }
  }
  return needed;
}

function neededBy(about: LockedPackage): readonly string[] {
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = about;
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}

/** As Node looks for it: in the folder, then in those around it. */
function findPackage(packages: LockFile["packages"], from: string, name: string): string | undefined {
  for (let around = from; ; around = around.slice(0, Math.max(0, around.lastIndexOf("/")))) {
    const folder = `${around && `${around}/`}node_modules/${name}`;
    if (packages[folder]) return folder;
    if (around === "") return undefined;
  }
}
