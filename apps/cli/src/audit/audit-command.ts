import { type AuditPosition, localOwner } from "@runweir/identity-domain";
import { newRequestId } from "@runweir/telemetry";
import { type Command, readWords } from "../command.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { refused } from "../refused.ts";
import { exportAudit } from "./export-audit.ts";
import { verifyAudit } from "./verify-audit.ts";

export const auditCommand: Command = {
  name: "audit",
  summary: "the audit log: verify that nothing in it was changed, and write it out",
  usage: `runweir audit verify [--anchor N:HASH]...
runweir audit export --ndjson [--since TIME]

  --anchor N:HASH  what \`verify\` said some time before: proves that nothing up to there was taken away or written anew since
  --ndjson         one JSON object per line, the oldest first, to standard output
  --since TIME     from this time on: 2026-11-26 or 2026-11-26T09:30:00Z
  --json           what \`verify\` found, for programs
  --data FOLDER    the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

RUNWEIR_DATABASE_URL names the database where it is not the data folder's. The exit code of \`verify\` is 0 when the log is whole,
2 when it is not, and 1 when that could not be found out.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      anchor: { type: "string", multiple: true, default: [] },
      ndjson: { type: "boolean", default: false },
      since: { type: "string" },
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [action, ...rest] = positionals;
    if ((action !== "verify" && action !== "export") || rest.length > 0)
      throw refused(
        "audit",
        positionals.length === 0 ? "nothing" : JSON.stringify(positionals.join(" ")),
        "verify and export",
      );
    if (action === "verify") {
      const anchors = values.anchor.map(readAnchor);
      return withRunningDatabase(values.data, (database) =>
        verifyAudit(database, {
          anchors,
          json: values.json,
          print: (text) => console.log(text),
          show: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[K${text}`) : undefined,
        }),
      );
    }
    if (!values.ndjson) throw refused("audit export", "no format", "--ndjson");
    const from = readTime(values.since);
    const caller = { ...localOwner(newRequestId()), origin: { door: "command-line" } as const };
    return withRunningDatabase(values.data, (database) =>
      exportAudit(database, { caller, from, output: process.stdout }),
    );
  },
};

function readAnchor(word: string): AuditPosition {
  const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(word) ?? [];
  if (sequence === undefined || hash === undefined)
    throw refused("--anchor", JSON.stringify(word), "a number, a colon and 64 hexadecimal digits");
  return { sequence: Number(sequence), hash: hash.toLowerCase() };
}

function readTime(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d/.test(word) ? Date.parse(word) : Number.NaN;
  if (Number.isNaN(time)) throw refused("--since", JSON.stringify(word), "a time like 2026-11-26T09:30:00Z");
  return time;
}
