import { text } from "node:stream/consumers";
import { DomainError } from "@runweir/errors";
import { findServer } from "../ask-server.ts";
import { type Command, readWords } from "../command.ts";
import { readParameters } from "./read-parameters.ts";
import { runSql, type SqlForm } from "./run-sql.ts";

const tableRows = 1_000;
const interrupted = 130;
/** Of a table that goes into a file or a pipe. */
const widthElsewhere = 120;

export const sqlCommand: Command = {
  name: "sql",
  summary: "SQL over everything that was logged, as a table or a file",
  usage: `runweir sql "SELECT ..." [options]        (- reads the statement from standard input)

  --csv, --json      rows to standard output; without, a table of at most ${tableRows} rows
  --parquet FILE     rows into a file
  --arrow FILE       rows into a file, as an Arrow IPC stream
  --param NAME=VALUE a value for $NAME in the statement; numbers, true, false, null and lists as in JSON, else text.
                     As often as there are parameters
  --snapshot N       read this snapshot, not the newest
  --tail             also what was logged since the newest snapshot
  --progress         say how far it is also where standard error is no terminal
  --url URL          the address of the Runweir to ask (RUNWEIR_URL)
  --data FOLDER      the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

What is said about the rows goes to standard error. Ctrl-C cancels the statement.
"SELECT * FROM (DESCRIBE runs)" lists the columns of a table; GET /api/sql/schema says what they mean.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      csv: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      parquet: { type: "string" },
      arrow: { type: "string" },
      param: { type: "string", multiple: true, default: [] },
      snapshot: { type: "string" },
      tail: { type: "boolean", default: false },
      progress: { type: "boolean", default: false },
      url: { type: "string" },
      data: { type: "string" },
    });
    const [given, ...rest] = positionals;
    if (given === undefined || rest.length > 0)
      throw new DomainError(
        "invalid_argument",
        `sql: found ${positionals.length} words; one statement in quotes is expected, or - for standard input.`,
      );
    const request = {
      base: findServer(values),
      sql: given === "-" ? await text(process.stdin) : given,
      params: readParameters(values.param),
      snapshot: readSnapshot(values.snapshot),
      tail: values.tail,
      form: readForm(values),
    };
    const { stderr } = process;
    const stop = new AbortController();
    const onSignal = () => stop.abort();
    process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
    try {
      await runSql(
        request,
        {
          output: process.stdout,
          say: (line) => stderr.write(`${line}\n`),
          show: stderr.isTTY
            ? (line) => stderr.write(`\r\u001b[K${line}`)
            : values.progress
              ? (line) => line !== "" && stderr.write(`${line}\n`)
              : undefined,
        },
        stop.signal,
      );
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      stderr.write("Cancelled.\n");
      return interrupted;
    } finally {
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    }
    return 0;
  },
};

function readForm(values: {
  readonly csv: boolean;
  readonly json: boolean;
  readonly parquet?: string | undefined;
  readonly arrow?: string | undefined;
}): SqlForm {
  const forms: SqlForm[] = [];
  if (values.csv) forms.push({ kind: "csv" });
  if (values.json) forms.push({ kind: "json" });
  if (values.parquet !== undefined) forms.push({ kind: "parquet", file: values.parquet });
  if (values.arrow !== undefined) forms.push({ kind: "arrow", file: values.arrow });
  if (forms.length > 1)
    throw new DomainError(
      "invalid_argument",
      `sql: found ${forms.map(({ kind }) => `--${kind}`).join(" and ")}; one of them is allowed.`,
    );
  const { stdout } = process;
  const width = stdout.isTTY ? stdout.columns : widthElsewhere;
  return forms[0] ?? { kind: "table", rows: tableRows, width };
}

function readSnapshot(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(given)) return Number(given);
  throw new DomainError(
    "invalid_argument",
    `--snapshot is ${JSON.stringify(given)}; a whole number from 1 is expected.`,
  );
}
