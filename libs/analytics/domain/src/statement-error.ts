import { DomainError, type ErrorCode } from "@runweir/errors";

/** Where in the statement: `offset` counts UTF-16 units as editors do, `line` and `column` start at 1. */
export interface StatementPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a statement, and where. */
export class StatementError extends DomainError {
  readonly position: StatementPosition | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: {
      readonly reason: string;
      readonly field?: string;
      readonly position?: StatementPosition | undefined;
    },
  ) {
    super(code, message, { field: details.field ?? "sql", reason: details.reason });
    this.position = details.position;
  }
}

/** DuckDB counts bytes of UTF-8; people and editors do not. */
export function positionOfByte(sql: string, byte: number): StatementPosition | undefined {
  const bytes = Buffer.from(sql, "utf8");
  if (!Number.isSafeInteger(byte) || byte < 0 || byte > bytes.length) return undefined;
  const before = bytes.subarray(0, byte).toString("utf8");
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    offset: before.length,
    line: before.split("\n").length,
    column: before.length - lineStart + 1,
  };
}
