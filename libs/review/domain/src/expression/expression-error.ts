import { DomainError } from "@runweir/errors";

/** Says where in the expression, counted from 1, and shows it. */
export function expressionError(text: string, at: number, problem: string): DomainError {
  const start = Math.max(0, at - 30);
  const around = `${start > 0 ? "…" : ""}${text.slice(start, at)}⟪${text.slice(at, at + 20)}⟫`;
  return new DomainError(
    "invalid_argument",
    `Expression, column ${at + 1}: ${problem}. At ${at >= text.length ? `the end of '${text.slice(start)}'` : `'${around}'`}.`,
    { field: "expression", reason: "expression" },
  );
}
