import { DomainError } from "@runweir/errors";
import type { Reviewer } from "../request/review-request.ts";
import type { People } from "./dependencies.ts";

const reviewersMax = 50;

/** People and groups by their names; one that is not known is an error, so that nobody waits for nobody. */
export async function findReviewers(people: People, names: readonly string[]): Promise<readonly Reviewer[]> {
  const wanted = [...new Set(names.map((name) => name.replace(/^@/, "")))];
  if (wanted.length > reviewersMax)
    throw new DomainError(
      "invalid_argument",
      `reviewers has ${wanted.length} entries; at most ${reviewersMax} are allowed.`,
      { field: "reviewers" },
    );
  if (wanted.length === 0) return [];
  const found = await people.find(wanted);
  const missing = wanted.filter((name) => !found.some((one) => one.name === name));
  if (missing.length === 0) return found;
  throw new DomainError("not_found", `There is nobody, and no group, of the name ${missing.join(", ")}.`, {
    field: "reviewers",
  });
}
