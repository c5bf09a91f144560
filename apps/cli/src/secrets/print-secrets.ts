import type { SecretHead } from "@runweir/identity-postgres";
import { type Column, printTable } from "../print-table.ts";

const columns: readonly Column<SecretHead>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "WORKSPACE", cell: ({ workspace }) => workspace ?? "-" },
  { title: "KEY", cell: ({ kid }) => kid },
  {
    title: "CHANGED",
    cell: ({ lastUpdateTime }) => `${new Date(lastUpdateTime).toISOString().slice(0, 19)}Z`,
  },
  { title: "BY", cell: ({ lastUpdateBy }) => lastUpdateBy },
];

/** Names, and under which key each is; never the texts. */
export function printSecrets(secrets: readonly SecretHead[]): string {
  if (secrets.length === 0) return "No secrets.";
  const width = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  return printTable(columns, secrets, width);
}
