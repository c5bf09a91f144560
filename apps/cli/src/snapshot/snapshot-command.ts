import { DomainError } from "@runweir/errors";
import { askServer } from "../ask-server.ts";
import { type Command, readWords } from "../command.ts";
import { listSnapshots } from "./list-snapshots.ts";
import { makeSnapshot } from "./make-snapshot.ts";

export interface SnapshotCommandOptions {
  ask(path: string, init?: { readonly method?: string }): Promise<unknown>;
  readonly json: boolean;
  print(text: string): void;
  /** Shows how far it is, in place of what it showed before; empty takes it away. Only where somebody looks. */
  readonly show: ((text: string) => void) | undefined;
}

export const snapshotCommand: Command = {
  name: "snapshot",
  summary: "a snapshot of everything that was logged: make one now, list them",
  usage: `runweir snapshot [make|list]

  make           make one of what there is now, and wait for it (without a word the same)
  list           those that can be read, the newest first
  --json         for programs
  --data FOLDER  the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

RUNWEIR_URL names the address of the Runweir to ask where it is not the data folder's. Snapshots are also made by
themselves, a minute after something changed.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [name = "make", ...rest] = positionals;
    if (!["make", "list"].includes(name) || rest.length > 0)
      throw new DomainError(
        "invalid_argument",
        `snapshot: found ${JSON.stringify(positionals.join(" "))}, allowed are make and list.`,
      );
    const { stderr } = process;
    const options: SnapshotCommandOptions = {
      ask: askServer(values.data),
      json: values.json,
      print: (text) => console.log(text),
      show: stderr.isTTY ? (text) => stderr.write(`\r\u001b[K${text}`) : undefined,
    };
    await (name === "list" ? listSnapshots(options) : makeSnapshot(options));
    return 0;
  },
};
