import { spawn } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "./run-cli.ts";

const root = resolve(import.meta.dirname, "../../..");
const document = join(root, "libs/review/http/docs/pipelines.md");

interface GitHubStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface GitHubJob {
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly GitHubStep[];
}

interface GitLabJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly allow_failure: { readonly exit_codes: readonly number[] };
}

export interface Machine {
  readonly url: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The version that `train.py` makes, and whether `bias.py` is content. */
  readonly version: string;
  readonly fair?: boolean;
  /** Hears of everything that is printed, as it is. */
  readonly onPrinted?: (all: string) => void;
  /** Instead of the hour that the document waits. */
  readonly seconds?: number;
}

export interface Ended {
  readonly code: number;
  readonly printed: string;
  /** How many steps were run, the failing one included. */
  readonly steps: number;
}

/** The examples of `pipelines.md`, as they stand there. */
function readExamples(): { readonly gitHub: GitHubJob; readonly gitLab: GitLabJob } {
  const [gitHub, gitLab] = [...readFileSync(document, "utf8").matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, text = ""]): unknown => parse(text),
  );
  return {
    gitHub: (gitHub as { jobs: { promote: GitHubJob } }).jobs.promote,
    gitLab: (gitLab as { promote: GitLabJob }).promote,
  };
}

/** Steps as GitHub's runner runs them: each in a shell of its own that ends at its first failure, until one fails. */
export async function runGitHubExample(machine: Machine): Promise<Ended> {
  const { env, steps } = readExamples().gitHub;
  const folder = prepare(machine);
  const files = { GITHUB_ENV: join(folder, "env"), GITHUB_OUTPUT: join(folder, "output") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(machine.secrets)) known[`secrets.${name}`] = value;
  const fill = (text: string) =>
    text.replace(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
      const value = known[name];
      if (value === undefined)
        throw new Error(`'${name}' is not known, only ${Object.keys(known).join(", ")}`);
      return value;
    });
  const filled = (values: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value)]));
  let printed = "";
  let count = 0;
  for (const step of steps) {
    if (step.run === undefined) continue;
    count += 1;
    const { code, said } = await runShell(["-e"], timed(fill(step.run), machine), {
      folder,
      machine,
      before: printed,
      env: { ...filled(env), ...readPairs(files.GITHUB_ENV), ...filled(step.env), ...files },
    });
    printed += said;
    if (code !== 0) return { code, printed, steps: count };
    for (const [name, value] of Object.entries(readPairs(files.GITHUB_OUTPUT)))
      known[`steps.${step.id}.outputs.${name}`] = value;
    writeFileSync(files.GITHUB_OUTPUT, "");
  }
  return { code: 0, printed, steps: count };
}

/** Lines as GitLab's runner runs them: one shell for all of them, in which a failing part of a pipe fails it. */
export async function runGitLabExample(
  machine: Machine,
): Promise<Ended & { readonly status: "passed" | "warning" | "failed" }> {
  const { variables, script, allow_failure: allowed } = readExamples().gitLab;
  const { code, said } = await runShell(["-e", "-o", "pipefail"], timed(script.join("\n"), machine), {
    folder: prepare(machine),
    machine,
    before: "",
    env: { ...variables, ...gitLabSecrets(machine), VERSION: machine.version },
  });
  const status = code === 0 ? "passed" : allowed.exit_codes.includes(code) ? "warning" : "failed";
  return { code, printed: said, steps: 1, status };
}

/** Variables of the project, which the file does not name. */
function gitLabSecrets({ secrets }: Machine) {
  return { MLFLOW_TRACKING_TOKEN: secrets.RUNWEIR_TOKEN };
}

/** Programs of the one whose pipeline it is, and `npx`, which has the command line from here instead of a registry. */
function prepare({ version, fair = true }: Machine): string {
  const folder = temporaryFolder();
  const place = (name: string, lines: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  place(
    "npx",
    `[ "$1" = runweir ] || exit 127\nshift\nexec "${process.execPath}" "${root}/apps/cli/src/main.ts" "$@"`,
  );
  place("node", `exec "${process.execPath}" "$@"`);
  place(
    "python",
    `case "$1" in\n  train.py) echo ${version} > version.txt ;;\n  bias.py) ${fair ? "true" : "false"} ;;\n  *) exit 127 ;;\nesac`,
  );
  return folder;
}

function timed(text: string, { seconds }: Machine): string {
  return seconds === undefined ? text : text.replaceAll("--timeout 3600", `--timeout ${seconds}`);
}

function readPairs(file: string): Readonly<Record<string, string>> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.split("=", 1)[0] ?? "", line.slice(line.indexOf("=") + 1)]),
  );
}

async function runShell(
  flags: readonly string[],
  text: string,
  place: {
    readonly folder: string;
    readonly machine: Machine;
    readonly before: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): Promise<{ readonly code: number; readonly said: string }> {
  const { folder, machine, before, env } = place;
  const file = join(folder, "step.sh");
  writeFileSync(file, text);
  const child = spawn("bash", ["--noprofile", "--norc", ...flags, file], {
    cwd: folder,
    env: {
      HOME: folder,
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      ...env,
      RUNWEIR_URL: machine.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const hear = (part: Buffer) => {
    said += part.toString();
    machine.onPrinted?.(before + said);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const code = await new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("close", (ended) => done(ended ?? 1));
  });
  return { code, said };
}
