import { DomainError } from "@runweir/errors";
import { matchesPattern } from "@runweir/identity-domain";
import { changedSections, type VersionDiff } from "../diff/diff-versions.ts";
import type { VersionFacts } from "../facts/version-facts.ts";
import { nameTarget, type Target } from "../request/review-request.ts";
import { openPolicy, type Policy, type PolicyDocument } from "./policy.ts";

/** The first that names the model and the target. */
export function policyOf(document: PolicyDocument, model: string, target: Target): Policy {
  const name = nameTarget(target);
  const found = document.policies.find(
    (policy) =>
      matchesPattern(policy.model, model) && policy.targets.some((one) => matchesPattern(one, name)),
  );
  return found ?? openPolicy;
}

/** The one policy of all targets of a request; what nobody protects goes along with what somebody does. */
export function policyOfAll(document: PolicyDocument, model: string, targets: readonly Target[]): Policy {
  const policies = new Set(targets.map((target) => policyOf(document, model, target)));
  policies.delete(openPolicy);
  const [first, second] = policies;
  if (first && second)
    throw new DomainError(
      "invalid_argument",
      `The targets fall under two policies, '${first.name}' and '${second.name}'. Open a request for each.`,
      { field: "moves" },
    );
  return first ?? openPolicy;
}

/** Groups that have to be asked because of what a request is about and what it changes. */
export function ownersOf(
  document: PolicyDocument,
  model: string,
  changes: readonly { readonly candidate: VersionFacts | undefined; readonly diff: VersionDiff }[],
): readonly string[] {
  const groups = document.owners
    .filter((rule) =>
      changes.some(({ candidate, diff }) => {
        const { tag } = rule;
        return (
          (rule.model === undefined || matchesPattern(rule.model, model)) &&
          (rule.flavor === undefined ||
            candidate?.flavors.some((flavor) => matchesPattern(rule.flavor ?? "", flavor)) === true) &&
          (tag === undefined ||
            (candidate !== undefined &&
              Object.hasOwn(candidate.tags, tag.key) &&
              matchesPattern(tag.value, candidate.tags[tag.key] ?? ""))) &&
          (rule.section === undefined || changedSections(diff).includes(rule.section)) &&
          (rule.signature === undefined || diff.signatureClass === rule.signature)
        );
      }),
    )
    .map(({ group }) => group);
  return [...new Set(groups)];
}
