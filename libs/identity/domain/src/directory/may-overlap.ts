import { matchesPattern } from "../access/name-pattern.ts";
import type { GrantTarget } from "../access/rights.ts";

/**
 * Whether something can be meant by both. Of two patterns it says so rather too often than too seldom: it is asked where
 * somebody would otherwise give away what they are denied.
 */
export function mayOverlap(
  one: GrantTarget,
  other: GrantTarget,
  experimentName: (experimentId: string) => string | undefined,
): boolean {
  if ("experimentId" in one && "experimentId" in other) return one.experimentId === other.experimentId;
  const onePattern = modelsOf(one, other);
  const otherPattern = modelsOf(other, one);
  if (onePattern === undefined || otherPattern === undefined) {
    if (one.on !== other.on) return false;
    const experimentId =
      "experimentId" in one ? one.experimentId : "experimentId" in other ? other.experimentId : "";
    const name = experimentName(experimentId);
    const pattern = "pattern" in one ? one.pattern : "pattern" in other ? other.pattern : "";
    return name === undefined || matchesPattern(pattern, name);
  }
  if (!isOfModels(one, other) && one.on !== other.on) return false;
  return patternsMayOverlap(onePattern, otherPattern);
}

/** To move an alias is to change its model: of an alias beside a model, the model counts. */
function modelsOf(target: GrantTarget, beside: GrantTarget): string | undefined {
  if (!("pattern" in target)) return undefined;
  if (target.on !== "alias" || beside.on !== "model") return target.pattern;
  const at = target.pattern.lastIndexOf("@");
  // A star before it may stand for an @ too, but then for the rest of the name as well.
  return at === -1 ? target.pattern : target.pattern.slice(0, at);
}

function isOfModels(one: GrantTarget, other: GrantTarget): boolean {
  return one.on !== "experiment" && other.on !== "experiment";
}

function patternsMayOverlap(one: string, other: string): boolean {
  if (!one.includes("*")) return matchesPattern(other, one);
  if (!other.includes("*")) return matchesPattern(one, other);
  const starts = [one.slice(0, one.indexOf("*")), other.slice(0, other.indexOf("*"))] as const;
  const ends = [one.slice(one.lastIndexOf("*") + 1), other.slice(other.lastIndexOf("*") + 1)] as const;
  return (
    (starts[0].startsWith(starts[1]) || starts[1].startsWith(starts[0])) &&
    (ends[0].endsWith(ends[1]) || ends[1].endsWith(ends[0]))
  );
}
