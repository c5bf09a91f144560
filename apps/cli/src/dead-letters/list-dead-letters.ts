import type { Database } from "@runweir/postgres";
import { createDeadLetterStore, type DeadLetterHead } from "@runweir/tracking-postgres";
import { type Column, printTable } from "../print-table.ts";
import { type DeadLetterOptions, printTime, toJson } from "./dead-letter-options.ts";

const columns: readonly Column<DeadLetterHead>[] = [
  { title: "ID", right: true, cell: ({ id }) => String(id) },
  { title: "SET ASIDE", cell: ({ setAsideAt }) => printTime(setAsideAt) },
  { title: "REASON", cell: ({ reason }) => reason },
  { title: "RUN", cell: ({ runId }) => runId ?? "-" },
  { title: "BYTES", right: true, cell: ({ bytes }) => String(bytes) },
  { title: "REPLAYED", cell: ({ replayedAt }) => (replayedAt ? printTime(replayedAt) : "-") },
  { title: "EXPLANATION", cell: ({ explanation }) => explanation },
];

export async function listDeadLetters(database: Database, options: DeadLetterOptions): Promise<number> {
  const store = createDeadLetterStore({ database });
  const { filter, limit, json, print, width } = options;
  const letters = await store.list(filter, limit);
  if (json) {
    print(JSON.stringify(letters.map(toJson), undefined, 2));
    return 0;
  }
  if (letters.length === 0) {
    print("No dead letters.");
    return 0;
  }
  print(printTable(columns, letters, width));
  const count = await store.count(filter);
  if (count > letters.length) print(`\n${letters.length} of ${count}; --limit shows more.`);
  return 0;
}
