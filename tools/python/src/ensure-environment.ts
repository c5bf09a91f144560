/**
 * `node tools/python/src/ensure-environment.ts <name>`: makes the Python environment that real clients and servers run
 * in, unless it is there already, and prints the path of its interpreter.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { holdFolder } from "./hold-folder.ts";

const root = resolve(import.meta.dirname, "../../..");
const requirementsFolder = resolve(import.meta.dirname, "../requirements");
const cacheFolder = join(root, ".cache/python");

/** The names that requirements are written down for. */
export function environments(): readonly string[] {
  return readdirSync(requirementsFolder).map((file) => basename(file, ".txt"));
}

/** There is no usable Python, or no way to the packages. The message is for the person at the machine. */
export class PythonUnavailable extends Error {
  override readonly name = "PythonUnavailable";
}

/**
 * The interpreter of `.cache/python/<name>`, made from `requirements/<name>.txt` with venv and pip when it is missing,
 * half made, or made from other requirements. Says on standard error what it is doing; silent when there is nothing to do.
 *
 * Rejects with `PythonUnavailable`. What that means is the caller's to say: failure under RUNWEIR_STRICT=1, a loud skip
 * otherwise.
 */
export async function ensureEnvironment(name: string): Promise<string> {
  const requirements = join(requirementsFolder, `${name}.txt`);
  if (!existsSync(requirements))
    throw new Error(`No Python environment is called "${name}"; known: ${environments().join(", ")}.`);
  const folder = join(cacheFolder, name);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const stampFile = join(folder, "runweir-requirements.sha256");
  const stamp = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const isReady = () =>
    existsSync(python) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (isReady()) return python;
  mkdirSync(cacheFolder, { recursive: true });
  const release = await holdFolder(`${folder}.lock`);
  try {
    if (isReady()) return python;
    console.error(`Preparing the Python environment ${name} (once; this can take a few minutes)...`);
    const began = Date.now();
    // `--clear`: an interpreter that is gone (a Python that was removed or upgraded) leaves its packages behind.
    if (!existsSync(python)) run(findPython(), ["-m", "venv", "--clear", folder], name);
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements], name);
    writeFileSync(stampFile, stamp);
    console.error(`Python environment ${name} ready in ${Math.round((Date.now() - began) / 1_000)} s.`);
    return python;
  } finally {
    release();
  }
}

function findPython(): string {
  const check = "import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)";
  const candidates = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  const found = candidates.find((command) => spawnSync(command, ["-c", check]).status === 0);
  if (found) return found;
  throw new PythonUnavailable(
    "Python 3.10 or newer is not installed. Install it with its venv module (Debian: python3 and python3-venv).",
  );
}

function run(command: string, args: readonly string[], name: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  const words = `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`
    .trim()
    .split("\n")
    .slice(-12)
    .join("\n");
  throw new PythonUnavailable(
    `The Python environment ${name} could not be made (${basename(command)} ${args.slice(0, 3).join(" ")}):\n${words}`,
  );
}

if (import.meta.main) {
  try {
    console.log(await ensureEnvironment(process.argv[2] ?? ""));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
