import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

export interface Run {
  readonly status: number;
  readonly output: string;
  readonly seconds: number;
}

/** A program that the packages brought along. */
export function programOf(name: string): string {
  return join(root, "node_modules/.bin", name);
}

/** Runs a program at the top of the repository and keeps what it prints; `loud` prints it as it comes, too. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly loud?: boolean } = {},
): Promise<Run> {
  const began = performance.now();
  return new Promise((done, fail) => {
    // Without these, Nx keeps a server of its own running, which outlives the check, and draws over the terminal.
    const env = { ...process.env, NX_DAEMON: "false", NX_TUI: "false", NO_COLOR: "1" };
    const child = spawn(command, [...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (part: Buffer) => {
      output += part.toString();
      if (options.loud) process.stdout.write(part);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", fail);
    child.once("close", (code) =>
      done({ status: code ?? 1, output, seconds: Math.round((performance.now() - began) / 1000) }),
    );
  });
}
