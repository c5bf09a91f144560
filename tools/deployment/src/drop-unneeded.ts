/**
 * `node tools/deployment/src/drop-unneeded.ts apps/api`: removes installed packages that this workspace does not need to run. For
 * images, from the top of the repository, after `npm ci`.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { type LockFile, neededPackages } from "./needed-packages.ts";

const [workspace = ""] = process.argv.slice(2);
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile;
const needed = neededPackages(lock, workspace);
// Of packages that lie in each other's folders, the inner ones may be needed only where the outer ones are.
const dropped = Object.keys(lock.packages).filter(
  (folder) => /(^|\/)node_modules\//.test(folder) && !needed.has(folder) && existsSync(folder),
);
for (const folder of dropped) rmSync(folder, { recursive: true, force: true });
console.log(`${workspace} needs ${needed.size} packages and workspaces; removed ${dropped.length} others`);
