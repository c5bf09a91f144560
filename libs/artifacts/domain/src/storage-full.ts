import { DomainError } from "@runweir/errors";

/** No space, over quota, or over the size a file may have there: to whoever uploads they are one thing. */
const fullCodes: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

export function isStorageFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && fullCodes.has(error.code);
}

export function storageFull(path: string, cause: unknown): DomainError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new DomainError(
    "storage_full",
    `The artifact store is full: ${JSON.stringify(path)} was not written${code}. Nothing of it was kept; free some space and send it again.`,
    { field: "path", cause },
  );
}
