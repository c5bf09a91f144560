import { type DuckDBConnection, type DuckDBResult, DuckDBTypeId } from "@duckdb/node-api";

/** A column of texts that repeat, and the enumeration made of them. */
export interface RepeatedTexts {
  readonly place: number;
  /** As identifiers. */
  readonly column: string;
  readonly type: string;
  /** The texts, by the numbers that the column is read as. */
  readonly members: readonly string[];
}

const rowsMin = 50_000;
/** Fewer members than these, and of fewer bytes together, are worth a dictionary in memory. */
const membersMax = 65_000;
const memberBytesMax = 8_388_608;
/** How often a text must come on average. */
const repetitionMin = 20;

/**
 * Names and keys repeat, and the Node API fetches each text by itself, which is most of what a large result costs. As members
 * of an enumeration they come as numbers.
 */
export async function enumerateTexts(
  connection: DuckDBConnection,
  table: string,
  columns: Pick<DuckDBResult, "columnCount" | "columnName" | "columnType">,
  rows: number,
): Promise<readonly RepeatedTexts[]> {
  if (rows < rowsMin) return [];
  const texts = Array.from({ length: columns.columnCount }, (_, place) => place).filter((place) => {
    const { typeId, alias } = columns.columnType(place);
    return typeId === DuckDBTypeId.VARCHAR && alias === undefined;
  });
  if (texts.length === 0) return [];
  const named = texts.map((place) => ({
    place,
    column: identifier(columns.columnName(place)),
    type: `"texts of column ${place}"`,
  }));
  const measures = named.map(
    ({ column }) => `approx_count_distinct(${column}), coalesce(max(strlen(${column})), 0)`,
  );
  const measured = await connection.runAndReadAll(`SELECT ${measures.join(", ")} FROM ${table}`);
  const values = (measured.getRows()[0] ?? []).map(Number);
  const repeated = named.filter((_, place) => {
    const [members = 0, longest = 0] = values.slice(2 * place);
    return members <= Math.min(membersMax, rows / repetitionMin) && members * longest <= memberBytesMax;
  });
  const found: RepeatedTexts[] = [];
  for (const { place, column, type } of repeated) {
    await connection.run(
      `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT ${column} FROM ${table} WHERE ${column} IS NOT NULL)`,
    );
    const listed = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::${type}))::VARCHAR`);
    found.push({ place, column, type, members: listed.getRows().map(([member]) => String(member)) });
  }
  return found;
}

/** The columns of the table, those among them as numbers. */
export function printRead(repeated: readonly RepeatedTexts[]): string {
  if (repeated.length === 0) return "*";
  return `* REPLACE (${repeated.map(({ column, type }) => `enum_code(${column}::${type}) AS ${column}`).join(", ")})`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
