interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

const before = 60;
const after = 40;

/** A failure of a statement with the place it means, as compilers show it. */
export function explainFailure(sql: string, message: string, position: Position | undefined): string {
  if (position === undefined) return message;
  const line = sql.split("\n")[position.line - 1] ?? "";
  const at = position.column - 1;
  const from = Math.max(0, at - before);
  const head = `line ${position.line}: ${from > 0 ? "…" : ""}`;
  const shown = line.slice(from, at + after).replaceAll("\t", " ");
  return `${message}\n\n${head}${shown}\n${" ".repeat(head.length + at - from)}^`;
}
