import { DomainError } from "@runweir/errors";
import { type Command, readWords } from "../command.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { type DeadLetterOptions, readReason } from "./dead-letter-options.ts";
import { deleteDeadLetters } from "./delete-dead-letters.ts";
import { listDeadLetters } from "./list-dead-letters.ts";
import { replayDeadLetters } from "./replay-dead-letters.ts";
import { showDeadLetter } from "./show-dead-letter.ts";

const actions = {
  list: listDeadLetters,
  show: showDeadLetter,
  replay: replayDeadLetters,
  delete: deleteDeadLetters,
};

export const deadLettersCommand: Command = {
  name: "dead-letters",
  summary: "records that could not be applied: look at them, apply them again, delete them",
  usage: `runweir dead-letters list [--reason REASON] [--run ID] [--limit N]
runweir dead-letters show ID
runweir dead-letters replay ID... | --reason REASON | --run ID | --all
runweir dead-letters delete ID... | --replayed, with --yes

  --reason REASON  malformed, refused, lost, run_not_found or run_deleted
  --run ID         of one run
  --limit N        at most so many, the newest (50)
  --all            all that were not replayed yet
  --replayed       those that were replayed
  --yes            delete them; without it nothing happens
  --json           for programs
  --data FOLDER    the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

RUNWEIR_DATABASE_URL names the database where it is not the data folder's. Replaying is safe at any time: what is there
already changes nothing, but tags are set to what the record says. The exit code is 0, 1 when something failed, and 2
when some records still cannot be applied.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      reason: { type: "string" },
      run: { type: "string" },
      limit: { type: "string" },
      all: { type: "boolean", default: false },
      replayed: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [name, ...rest] = positionals;
    if (name === undefined || !Object.hasOwn(actions, name))
      throw new DomainError(
        "invalid_argument",
        `dead-letters: found ${name === undefined ? "nothing" : JSON.stringify(name)}, allowed are list, show, replay and delete.`,
      );
    const options: DeadLetterOptions = {
      ids: rest.map(readId),
      filter: { reason: readReason(values.reason), runId: values.run },
      limit: readLimit(values.limit),
      all: values.all,
      replayed: values.replayed,
      yes: values.yes,
      json: values.json,
      width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
      print: (text) => console.log(text),
    };
    const action = actions[name as keyof typeof actions];
    return withRunningDatabase(values.data, (database) => action(database, options));
  },
};

function readId(word: string): number {
  if (/^[1-9]\d{0,14}$/.test(word)) return Number(word);
  throw new DomainError(
    "invalid_argument",
    `ID: found ${JSON.stringify(word)}, allowed is a number from the list.`,
  );
}

function readLimit(word: string | undefined): number {
  if (word === undefined) return 50;
  const limit = Number(word);
  if (/^\d+$/.test(word) && limit >= 1 && limit <= 10_000) return limit;
  throw new DomainError(
    "invalid_argument",
    `--limit: found ${JSON.stringify(word)}, allowed is a whole number from 1 to 10000.`,
  );
}
