import { DomainError } from "@runweir/errors";

/** Page tokens of listings that are counted through: MLflow's form, base64 of `{"offset": n}`. */
export function offsetOf(token: string | undefined): number {
  if (!token) return 0;
  try {
    const parsed = JSON.parse(Buffer.from(token, "base64").toString("utf8")) as { offset?: unknown };
    if (Number.isSafeInteger(parsed.offset) && (parsed.offset as number) >= 0) return parsed.offset as number;
  } catch {
    // Said below, whatever was wrong with it.
  }
  throw new DomainError(
    "invalid_argument",
    `Invalid page token '${token}': it was not made by this server.`,
    {
      field: "page_token",
    },
  );
}

export function offsetToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString("base64");
}
