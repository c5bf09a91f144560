/**
 * Runs before every npm script: installs the packages when the lockfile is not the one they were installed from, says
 * so, and is silent when there is nothing to do. Plain JavaScript without dependencies, because on a bare clone nothing
 * else exists yet, and the machine's Node may be older (20) than the one that the packages bring along (24).
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const stampFile = join(root, "node_modules", ".runweir-lock");
const lockText = readText("package-lock.json");
// Packages hold binaries, so a folder carried to another kind of machine counts as not installed.
const stamp = `${createHash("sha256").update(lockText).digest("hex")} ${process.platform}-${process.arch}\n`;

if (Number(process.versions.node.split(".")[0]) < 20) {
  fail(`Runweir needs Node 20 or newer to install itself; this is ${process.version}.`);
} else if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  if (isInstalled() || install()) writeFileSync(stampFile, stamp);
}

/** Whether npm already brought everything that the lockfile asks for (someone ran `npm install` by hand). */
function isInstalled() {
  const inner = join("node_modules", ".package-lock.json");
  if (!existsSync(join(root, inner)) || !existsSync(join(root, "node_modules", ".bin", "node"))) return false;
  const installed = JSON.parse(readText(inner)).packages;
  return Object.entries(JSON.parse(lockText).packages).every(([path, wanted]) => {
    if (!path.startsWith("node_modules/")) return true;
    if (wanted.link) return existsSync(join(root, path));
    const found = installed[path];
    if (!found) return wanted.optional === true && !isForThisMachine(wanted);
    return found.version === wanted.version && existsSync(join(root, path));
  });
}

/** Binaries for exactly this system; what names no system (WebAssembly fallbacks) may be left out. */
function isForThisMachine({ os = [], cpu = [], libc }) {
  return os.includes(process.platform) && cpu.includes(process.arch) && libc === undefined;
}

function install() {
  console.log("Installing packages (only when the lockfile changed; this can take a minute)...");
  const began = Date.now();
  const npm = process.env.npm_execpath;
  const command = npm ? process.execPath : process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(
    command,
    [...(npm ? [npm] : []), "ci", "--no-fund", "--no-audit", "--loglevel=error"],
    {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "inherit", "pipe"],
    },
  );
  if (run.status === 0) {
    console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
    return true;
  }
  const problem = run.stderr || String(run.error ?? "");
  process.stderr.write(problem);
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(
    problem,
  );
  fail(
    offline
      ? "The packages could not be installed: the package registry cannot be reached. Connect to the network (or set npm's `registry` and proxy) and run this again."
      : "The packages could not be installed; npm's own words are above. Run this again once that is solved.",
  );
  return false;
}

function readText(path) {
  return readFileSync(join(root, path), "utf8");
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
