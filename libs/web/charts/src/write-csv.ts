/** Rows as a CSV file, quoted where they must be. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows
    .map((row) => row.map(quote).join(","))
    .join("\n")
    .concat("\n");
}

function quote(value: string | number): string {
  const text = String(value);
  // A name that begins like a formula would be run by a spreadsheet.
  const safe = typeof value === "string" && /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
