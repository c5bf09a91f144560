import { DomainError } from "@runweir/errors";

/** A page size from 1 to `most`; throws `invalid_argument` in MLflow's words. */
export function requireMaxResults(maxResults: number, most: number): number {
  if (!Number.isInteger(maxResults) || maxResults < 1)
    throw new DomainError(
      "invalid_argument",
      `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer`,
      { field: "max_results" },
    );
  if (maxResults > most)
    throw new DomainError(
      "invalid_argument",
      `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be at most ${most}`,
      { field: "max_results" },
    );
  return maxResults;
}
