import { DomainError } from "@runweir/errors";
import { auditCommand } from "./audit/audit-command.ts";
import type { Command } from "./command.ts";
import { deadLettersCommand } from "./dead-letters/dead-letters-command.ts";
import { secretsCommand } from "./secrets/secrets-command.ts";
import { snapshotCommand } from "./snapshot/snapshot-command.ts";
import { sqlCommand } from "./sql/sql-command.ts";
import { startCommand } from "./start-command.ts";
import { exportCommand } from "./transfer/export-command.ts";
import { importCommand } from "./transfer/import-command.ts";

const commands: readonly Command[] = [
  startCommand,
  sqlCommand,
  snapshotCommand,
  exportCommand,
  importCommand,
  deadLettersCommand,
  auditCommand,
  secretsCommand,
];

/** Runs a command line; what a person must know of a failure is one sentence, and the exit code is 1. */
export async function runCommand(words: readonly string[]): Promise<void> {
  const [name, ...rest] = words;
  const command = commands.find((one) => one.name === name);
  if (!command || rest.includes("--help")) {
    const asked = command !== undefined || name === undefined || name === "help" || name === "--help";
    if (!asked) console.error(`There is no command ${JSON.stringify(name)}.\n`);
    console.log(command ? command.usage : overview());
    process.exitCode = asked ? 0 : 1;
    return;
  }
  try {
    const code = await command.run(rest);
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    console.error(error instanceof DomainError ? error.message : error);
    process.exitCode = 1;
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `runweir <command> [options]\n\n${lines.join("\n")}\n\nrunweir <command> --help says more.`;
}
