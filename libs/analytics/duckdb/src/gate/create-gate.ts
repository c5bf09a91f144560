import { DuckDBInstance } from "@duckdb/node-api";
import { positionOfByte, StatementError } from "@runweir/analytics-domain/statement-error";
import { lockSettings } from "../worker/lock-settings.ts";
import { type CheckedStatement, checkStatement, tooDeep } from "./check-statement.ts";

export interface Gate {
  check(sql: string, tables: ReadonlySet<string>): Promise<PassedStatement>;
}

export interface PassedStatement extends CheckedStatement {
  /** The statement without the semicolon that ends it and what follows. */
  readonly text: string;
}

interface Serialized {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}

/** Statements that passed last, which pages ask again and again with other parameters. */
const rememberedMax = 200;
const rememberedLengthMax = 10_000;

/** Statements with more are taken as they are. */
const semicolonsMax = 20;

/** Parses statements in a DuckDB that holds nothing, and lets through one SELECT of allowed parts. */
export async function createGate(): Promise<Gate> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await lockSettings(connection, { threads: 1, memoryMegabytes: 128, files: [] });
  const parser = await connection.prepare("SELECT json_serialize_sql($1::VARCHAR)");

  const serialize = async (sql: string): Promise<string> => {
    parser.bindVarchar(1, sql);
    const [[json] = []] = (await parser.runAndReadAll()).getRows();
    return String(json);
  };

  /** Cut at a semicolon where DuckDB understands the very same; no reading of comments and quotes of our own. */
  const withoutEnd = async (sql: string, json: string): Promise<string> => {
    let place = -1;
    for (let count = 0; count < semicolonsMax; count += 1) {
      place = sql.indexOf(";", place + 1);
      if (place < 0) return sql;
      const shorter = sql.slice(0, place);
      if ((await serialize(shorter)) === json) return shorter;
    }
    return sql;
  };

  const passed = new Map<
    string,
    { readonly tables: ReadonlySet<string>; readonly statement: PassedStatement }
  >();
  const remember = (sql: string, tables: ReadonlySet<string>, statement: PassedStatement) => {
    if (sql.length > rememberedLengthMax) return;
    passed.set(sql, { tables, statement });
    for (const oldest of passed.keys()) {
      if (passed.size <= rememberedMax) break;
      passed.delete(oldest);
    }
  };

  return {
    async check(sql, tables) {
      const known = passed.get(sql);
      if (known?.tables === tables) return known.statement;
      const json = await serialize(sql);
      const checked = checkOne(sql, json, tables);
      const text = await withoutEnd(sql, json);
      // What will be run is this statement inside another: that one must pass too.
      checkOne(text, await serialize(inside(text)), tables);
      const statement = { ...checked, text };
      remember(sql, tables, statement);
      return statement;
    },
  };
}

/** As `streamResult` and `sendParquet` run it. */
function inside(text: string): string {
  return `SELECT * FROM (${text}\n) LIMIT 1`;
}

function checkOne(sql: string, json: string, tables: ReadonlySet<string>): CheckedStatement {
  const parsed = JSON.parse(json) as Serialized;
  if (parsed.error) throw refusal(sql, parsed);
  const { statements = [] } = parsed;
  if (statements.length !== 1)
    throw new StatementError(
      "invalid_argument",
      `sql holds ${statements.length} statements; one is expected.`,
      {
        reason: "one_statement",
      },
    );
  try {
    return checkStatement(sql, statements[0], tables);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error;
  }
}

function refusal(sql: string, parsed: Serialized): StatementError {
  const message = parsed.error_message ?? "";
  if (parsed.error_type === "not implemented")
    return new StatementError(
      "permission_denied",
      "Only SELECT is allowed (with WITH, VALUES, FROM, DESCRIBE, SUMMARIZE, and PIVOT with its values listed in IN).",
      { reason: "select_only" },
    );
  if (/max expression depth/i.test(message) || /^memory exhausted/.test(message)) return tooDeep();
  return new StatementError("invalid_argument", `The statement cannot be read: ${message}.`, {
    reason: "syntax",
    position: parsed.position === undefined ? undefined : positionOfByte(sql, Number(parsed.position)),
  });
}
