import type { QueryLimits } from "@runweir/analytics-domain";
import { StatementError } from "@runweir/analytics-domain/statement-error";

export function tooManyRows(limits: QueryLimits): StatementError {
  return new StatementError(
    "resource_exhausted",
    `The result has more than ${limits.rows} rows; that is the most allowed. Add a LIMIT or aggregate.`,
    { reason: "too_many_rows" },
  );
}

export function tooManyBytes(limits: QueryLimits): StatementError {
  return new StatementError(
    "resource_exhausted",
    `The result has more than ${limits.bytes} bytes; that is the most allowed. Add a LIMIT or aggregate.`,
    { reason: "too_many_bytes" },
  );
}
