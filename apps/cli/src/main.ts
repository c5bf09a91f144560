#!/usr/bin/env node
/** `runweir <command>`; `npm start` is `runweir start`. */
import { existsSync } from "node:fs";
import module from "node:module";
import { join, resolve } from "node:path";

const ownNode = resolve(import.meta.dirname, "../../../node_modules/.bin/node");
const major = Number(process.versions.node.split(".")[0]);

// Started by hand under an older Node: the one that the packages brought along takes over this process.
if (major < 24 && existsSync(ownNode) && process.execve) {
  process.execve(ownNode, [
    ownNode,
    ...process.execArgv,
    join(import.meta.dirname, "main.ts"),
    ...process.argv.slice(2),
  ]);
}

// Reading hundreds of files of TypeScript is most of what a short command takes, and half of what a service takes to start; the
// next one finds them read. Not in the machine's temporary folder: whoever can write there could put code of his own in.
module.enableCompileCache?.(resolve(import.meta.dirname, "../../../.cache/compiled"));

const { runCommand } = await import("./run-command.ts");
await runCommand(process.argv.slice(2));
