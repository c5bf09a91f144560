import { DomainError } from "@runweir/errors";

/** DuckDB's failures that are nobody's fault, in the product's words. Others stay what they are. */
export function translateFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const cause = { cause: error };
  if (
    /No space left on device|File too large|Disk quota exceeded|max_temp_directory_size/.test(error.message)
  )
    return new DomainError("storage_full", `The disk is full: ${firstLine(error.message)}`, cause);
  if (/^Out of Memory Error/.test(error.message))
    return new DomainError(
      "resource_exhausted",
      `More memory is needed than is allowed: ${firstLine(error.message)}`,
      cause,
    );
  return error;
}

function firstLine(text: string): string {
  return text.split("\n")[0] as string;
}
