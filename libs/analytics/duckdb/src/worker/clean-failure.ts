import { positionOfByte, StatementError } from "@runweir/analytics-domain/statement-error";
import { DomainError } from "@runweir/errors";
import type { Failure } from "../protocol.ts";

interface DuckDbError {
  readonly exception_type: string;
  readonly exception_message: string;
  readonly position?: string;
}

/** Mistakes in the statement or its values: DuckDB's own words help, and speak of nothing but the statement. */
const mistakes = new Set([
  "Parser",
  "Syntax",
  "Binder",
  "Catalog",
  "Conversion",
  "Invalid Input",
  "Out of Range",
  "Mismatch Type",
  "Invalid type",
  "Invalid",
  "Expression",
  "Cardinality",
  "Divide by Zero",
  "Decimal",
  "Parameter Not Resolved",
  "Parameter Not Allowed",
  "Constraint",
  "Not implemented",
]);

const unreadableMessage = "A file of the snapshot cannot be read.";

/** What opening a snapshot fails with, whatever DuckDB calls it; why goes to the log. */
export function unreadable(cause: unknown): Failure {
  const detail = shorten(String(cause));
  return { code: "unavailable", message: unreadableMessage, reason: "snapshot_unreadable", detail };
}

const messageLengthMax = 1_000;

/**
 * What may be told of a failure. Words that DuckDB uses for itself (files, settings, its own state) never pass: those
 * failures get ours. `spent` is set when the process can no longer be relied on.
 */
export function cleanFailure(
  sql: string,
  error: unknown,
  shift: number,
): { readonly failure: Failure; readonly spent: boolean } {
  if (error instanceof StatementError) return { failure: fromDomain(error, error.position), spent: false };
  if (error instanceof DomainError) return { failure: fromDomain(error, undefined), spent: false };
  const found = parse(error);
  const type = found?.exception_type ?? "";
  if (found !== undefined && mistakes.has(type) && !/\.parquet\b/i.test(found.exception_message)) {
    const words = found.exception_message;
    return {
      failure: {
        code: "invalid_argument",
        message: tellsTooMuch(words) ? "The statement cannot be run." : explain(shorten(words)),
        reason: reasonOf(type),
        field: "sql",
        position:
          found.position === undefined ? undefined : positionOfByte(sql, Number(found.position) - shift),
      },
      spent: false,
    };
  }
  if (/interrupt/i.test(type))
    return {
      failure: { code: "failed_precondition", reason: "cancelled", message: "The statement was cancelled." },
      spent: false,
    };
  const detail = shorten(String(error));
  const own = (code: Failure["code"], reason: string, message: string) => ({
    failure: { code, reason, message, detail },
    spent: true,
  });
  if (isOutOfMemory(error))
    return own(
      "resource_exhausted",
      "out_of_memory",
      "The statement needs more memory or disk than it is allowed. Exact quantiles, medians, modes and lists keep every value in memory; approx_quantile() does not.",
    );
  // A damaged file is met as any kind of error that names it.
  if (/^(IO|Permission)$/.test(type) || mistakes.has(type))
    return own("unavailable", "snapshot_unreadable", unreadableMessage);
  return own("internal", "engine_failed", "The statement made the query engine fail.");
}

/** Of what DuckDB allows itself, or of what the system allows the process. */
export function isOutOfMemory(error: unknown): boolean {
  const type = parse(error)?.exception_type ?? "";
  return !mistakes.has(type) && /bad.alloc|out of memory|allocat/i.test(`${type} ${shorten(String(error))}`);
}

/** DuckDB refuses to take the deviation of what is not finite, and metrics often are not; it does not say what to do. */
function explain(message: string): string {
  return /(STDDEV|VAR)\w* (for \w+ )?is out of range/.test(message)
    ? `${message} Infinite values and NaN have no deviation: WHERE isfinite(value) leaves them out.`
    : message;
}

/** Anything that looks like a path, a reader of files or a schema of ours. */
function tellsTooMuch(message: string): boolean {
  return /read_parquet|\bvisible\b|temp_directory|(^|[\s"'(])\/\w+\/|[A-Z]:\\/i.test(message);
}

function parse(error: unknown): DuckDbError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  const start = text.indexOf("{");
  if (start < 0) return undefined;
  try {
    const found = JSON.parse(text.slice(start)) as Partial<DuckDbError>;
    return typeof found.exception_type === "string" && typeof found.exception_message === "string"
      ? (found as DuckDbError)
      : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf(type: string): string {
  return type.toLowerCase().replaceAll(" ", "_");
}

function shorten(message: string): string {
  return message.length <= messageLengthMax ? message : `${message.slice(0, messageLengthMax)}…`;
}

function fromDomain(error: DomainError, position: Failure["position"]): Failure {
  const { code, message, field } = error;
  const detail = error.cause instanceof Error ? shorten(error.cause.message) : undefined;
  return { code, message, reason: error.reason ?? code, field, position, detail };
}
