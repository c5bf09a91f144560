import { DomainError } from "@runweir/errors";

/** Failures of the folder that somebody named, in words that say what to do. */
export function translateStorage(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  if (/^(ENOSPC|EFBIG|EDQUOT)$/.test(code))
    return new DomainError(
      "storage_full",
      `The disk of ${folder} is full: ${error.message}. Make room and run the same command again; what is complete is kept.`,
      { cause: error },
    );
  const denied = /Permission denied|Read-only file system/.test(error.message);
  if (denied || /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ELOOP|ENAMETOOLONG)$/.test(code))
    return new DomainError("failed_precondition", `${folder} cannot be written to: ${error.message}`, {
      reason: "not_writable",
      cause: error,
    });
  return error;
}
