import { type Column, printTable } from "../print-table.ts";
import type { SnapshotCommandOptions } from "./snapshot-command.ts";

interface Snapshot {
  readonly number: number;
  readonly created_at: string;
  readonly as_of: string;
}

const columns: readonly Column<Snapshot>[] = [
  { title: "SNAPSHOT", right: true, cell: ({ number }) => String(number) },
  { title: "MADE", cell: ({ created_at }) => created_at },
  { title: "ALL THERE WAS UNTIL", cell: ({ as_of }) => as_of },
];

export async function listSnapshots({ ask, json, print }: SnapshotCommandOptions): Promise<void> {
  const answer = (await ask("/api/snapshots")) as { readonly snapshots: readonly Snapshot[] };
  if (json) print(JSON.stringify(answer, undefined, 2));
  else if (answer.snapshots.length === 0) print("No snapshots yet.");
  else print(printTable(columns, answer.snapshots, Number.POSITIVE_INFINITY));
}
