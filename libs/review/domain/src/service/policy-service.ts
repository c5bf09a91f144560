import { decide, readable } from "@runweir/identity-domain";
import { assessRequest } from "../mergeability/assess-request.ts";
import { parsePolicies } from "../policy/parse-policies.ts";
import { openPolicy, type PolicyDocument } from "../policy/policy.ts";
import type { PolicyRevision } from "../policy/policy-revision.ts";
import { ownersOf, policyOf, policyOfAll } from "../policy/select-policy.ts";
import type { ReviewRequest } from "../request/review-request.ts";
import type { ReviewDependencies } from "./dependencies.ts";
import { asSystem, type Examined, examine } from "./examine.ts";
import { personOf } from "./find-request.ts";
import { noPolicies, policiesMoved, policyOfChanges, readPolicies } from "./policy-reading.ts";
import { insertRequest } from "./request-service.ts";
import type { Reviews, SimulatedRequest } from "./reviews.ts";
import { runGates } from "./simulate-checks.ts";

type Methods = Pick<
  Reviews,
  "getPolicies" | "listPolicies" | "policyFor" | "proposePolicies" | "simulatePolicies"
>;

const simulatedMax = 50;

export function policyService(dependencies: ReviewDependencies): Methods {
  const { store, transactions, clock } = dependencies;
  return {
    getPolicies: async (caller) => ({
      ...((await store.findPolicies(caller.workspace)) ?? noPolicies),
      mayChange: decide(caller, "workspace.manage").allowed,
    }),

    listPolicies: ({ workspace }) => store.listPolicies(workspace, 100),

    policyFor: async ({ workspace }, model, target) =>
      policyOf((await readPolicies(store, workspace)).document, model, target),

    async proposePolicies(caller, { document, baseRevision, title }) {
      parsePolicies(document);
      const { revision, document: present } = await readPolicies(store, caller.workspace);
      if (revision.revision !== baseRevision) throw policiesMoved(revision.revision, baseRevision);
      const { approvals } = policyOfChanges(present);
      const asksNobody =
        approvals.count === 0 && approvals.groups.length === 0 && Object.keys(approvals.roles).length === 0;
      if (asksNobody) {
        const next: PolicyRevision = {
          revision: baseRevision + 1,
          document,
          author: personOf(caller),
          time: clock.now(),
          requestId: undefined,
        };
        await transactions.run(async ({ reviews, audit }) => {
          if (!(await reviews.insertPolicies(caller.workspace, next)))
            throw policiesMoved(next.revision, baseRevision);
          audit(caller, {
            action: "policy.update",
            object: { id: String(next.revision), name: caller.workspace },
            before: { revision: baseRevision },
            after: { revision: next.revision, document },
          });
        });
        return { revision: next };
      }
      const subject = { kind: "policy", document, baseRevision } as const;
      const examined = await examine(dependencies, caller, subject);
      const author = personOf(caller);
      const request = await insertRequest(dependencies, caller, examined, {
        subject,
        author,
        candidateBy: author,
        body: "",
        reviewers: [],
        isDraft: false,
        title: title ?? `Change policies from revision ${baseRevision}`,
        revertOf: undefined,
        preapprovedUntil: undefined,
      });
      return { request };
    },

    async simulatePolicies(caller, text, limit = simulatedMax) {
      const document = parsePolicies(text);
      const present = (await readPolicies(store, caller.workspace)).document;
      const { items } = await store.listRequests(caller.workspace, {
        limit: Math.min(Math.max(1, limit), simulatedMax),
        visible: readable(caller, "model"),
      });
      const requests: SimulatedRequest[] = [];
      for (const request of items) {
        if (request.subject.kind !== "moves") continue;
        // Of what was deleted since nothing can be said any more.
        const examined = await examine(dependencies, asSystem(caller), request.subject).catch(
          () => undefined,
        );
        if (!examined) continue;
        const before = await judge(present, request, examined);
        const after = await judge(document, request, examined);
        requests.push({
          requestId: request.requestId,
          title: request.title,
          state: request.state,
          author: request.author,
          policy: after.policy,
          before: before.missing.length === 0,
          after: after.missing.length === 0,
          missing: after.missing,
        });
      }
      return {
        requests,
        blocked: requests.filter((one) => one.before && !one.after).length,
        freed: requests.filter((one) => !one.before && one.after).length,
      };
    },
  };

  /** As if the request were open, with all that was said of it, and asked to be applied when it ended. */
  async function judge(document: PolicyDocument, request: ReviewRequest, examined: Examined) {
    if (request.subject.kind !== "moves") return { policy: "", missing: [] };
    const { model, moves } = request.subject;
    const policy = policyOfAll(
      document,
      model,
      moves.map(({ target }) => target),
    );
    if (policy === openPolicy) return { policy: policy.name, missing: [] };
    const checks = await store.listChecks(request.requestId);
    const requirements = assessRequest({
      request: { ...request, state: "open", owners: ownersOf(document, model, examined.moves) },
      policy,
      verdicts: await store.listVerdicts(request.requestId),
      checks: [
        ...checks.filter(({ source }) => source === "external"),
        ...runGates(policy, checks, request, examined),
      ],
      threads: await store.listThreads(request.requestId),
      found: [],
      now: request.endTime ?? clock.now(),
    });
    return {
      policy: policy.name,
      missing: requirements.filter(({ isMet }) => !isMet).map(({ text }) => text),
    };
  }
}
