export interface Column<Row> {
  readonly title: string;
  readonly right?: boolean;
  cell(row: Row): string;
}

/** Aligned columns; the last one is cut where the line would be longer than `width`. */
export function printTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): string {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((column) => oneLine(column.cell(row)))),
  ];
  // Not Math.max(...): a bulk move has more rows than a call may have arguments.
  const widths = columns.map((_, i) =>
    cells.reduce((widest, line) => Math.max(widest, line[i]?.length ?? 0), 0),
  );
  const lines = cells.map((line) =>
    line
      .map((text, i) => {
        if (i === columns.length - 1) return text;
        return columns[i]?.right ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0);
      })
      .join("  "),
  );
  return lines
    .map((line) => (line.length > width ? `${line.slice(0, width - 3)}...` : line.trimEnd()))
    .join("\n");
}

/** What was sent must not move the cursor of whoever looks at it. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
