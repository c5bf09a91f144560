export { cutPage, type RowPage } from "./cut-page.ts";
export { type OrderTerm, parseToken, printAfter, printOrder, printOrderColumns } from "./keyset.ts";
export type { PlacedValues } from "./placed-values.ts";
export { printExpression } from "./print-expression.ts";
