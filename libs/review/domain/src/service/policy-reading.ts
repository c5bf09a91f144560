import { DomainError } from "@runweir/errors";
import { parsePolicies } from "../policy/parse-policies.ts";
import { emptyDocument, type Policy, type PolicyDocument, policySchema } from "../policy/policy.ts";
import type { PolicyRevision } from "../policy/policy-revision.ts";
import type { ReviewStore } from "../review-store.ts";

/** Revision 0: there never was a document, and nothing is protected. */
export const noPolicies: PolicyRevision = {
  revision: 0,
  document: "",
  author: { kind: "system", id: "system", name: "Runweir" },
  time: 0,
  requestId: undefined,
};

export interface ReadPolicies {
  readonly revision: PolicyRevision;
  readonly document: PolicyDocument;
}

export async function readPolicies(
  store: Pick<ReviewStore, "findPolicies">,
  workspace: string,
): Promise<ReadPolicies> {
  const revision = (await store.findPolicies(workspace)) ?? noPolicies;
  const document = revision.revision === 0 ? emptyDocument : parsePolicies(revision.document);
  return { revision, document };
}

/** What a request for another revision of the policies falls under. */
export function policyOfChanges({ changes }: PolicyDocument): Policy {
  return policySchema.parse({
    name: "policies",
    targets: ["*"],
    approvals: changes?.approvals ?? { count: 0 },
    no_self_approval: changes?.no_self_approval ?? true,
  });
}

export function policiesMoved(now: number, seen: number): DomainError {
  return new DomainError(
    "conflict",
    `The policies are at revision ${now} now; this was written for revision ${seen}. Look at what changed and propose again.`,
    { field: "baseRevision", reason: "policy_revision" },
  );
}
