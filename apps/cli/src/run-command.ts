import { DomainError } from "@runweir/errors";
import type { Command } from "./command.ts";

/** Each is loaded when it is asked for: what a server needs takes a second to read. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start-command.ts")).startCommand,
  sql: async () => (await import("./sql/sql-command.ts")).sqlCommand,
  snapshot: async () => (await import("./snapshot/snapshot-command.ts")).snapshotCommand,
  export: async () => (await import("./transfer/export-command.ts")).exportCommand,
  import: async () => (await import("./transfer/import-command.ts")).importCommand,
  "dead-letters": async () => (await import("./dead-letters/dead-letters-command.ts")).deadLettersCommand,
  members: async () => (await import("./identity/members-command.ts")).membersCommand,
  tokens: async () => (await import("./identity/tokens-command.ts")).tokensCommand,
  model: async () => (await import("./model/model-command.ts")).modelCommand,
  audit: async () => (await import("./audit/audit-command.ts")).auditCommand,
  secrets: async () => (await import("./secrets/secrets-command.ts")).secretsCommand,
};

/** Runs a command line; what a person must know of a failure is one sentence, and the exit code is 1. */
export async function runCommand(words: readonly string[]): Promise<void> {
  const [name, ...rest] = words;
  const command = name !== undefined && Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  if (!command || rest.includes("--help")) {
    const asked = command !== undefined || name === undefined || name === "help" || name === "--help";
    if (!asked) console.error(`There is no command ${JSON.stringify(name)}.\n`);
    console.log(command ? command.usage : await overview());
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

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `runweir <command> [options]\n\n${lines.join("\n")}\n\nrunweir <command> --help says more.`;
}
