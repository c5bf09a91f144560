import { DomainError } from "@runweir/errors";
import { type Caller, requirePermission } from "@runweir/identity-domain";
import type { TargetGate, TargetMove } from "@runweir/registry-domain";
import { policyOf } from "../policy/select-policy.ts";
import { type Move, nameTarget } from "../request/review-request.ts";
import type { ReviewDependencies } from "../service/dependencies.ts";
import { readPolicies } from "../service/policy-reading.ts";
import type { Refusals } from "../service/refusals.ts";
import type { Reviews } from "../service/reviews.ts";

/** As the registry asks it, one by one and many at once. */
export type ReviewGate = Required<TargetGate>;

/**
 * Stands before moves that come from no review: by the policy they pass, are refused with the way to a request, or become one.
 * `linkTo`: the address of a page of ours.
 */
export function createTargetGate(
  { store }: Pick<ReviewDependencies, "store">,
  {
    reviews,
    refuse,
    linkTo,
  }: {
    readonly reviews: Pick<Reviews, "open" | "list">;
    readonly refuse: Refusals;
    linkTo(path: string): string;
  },
): ReviewGate {
  async function note(
    caller: Caller,
    move: TargetMove,
    policy: string,
    attempt = "move without a request",
  ): Promise<void> {
    const { model, target, from, to } = move;
    await refuse(caller, {
      object: { id: model, name: `${model} ${nameTarget(target)}` },
      attempt,
      reason: `policy '${policy}' protects it`,
      more: { policy, from: from ?? null, to: to ?? null },
    });
  }

  return {
    async check(caller, { model, moves }) {
      const { document } = await readPolicies(store, caller.workspace);
      if (document.policies.length === 0) return;
      for (const move of moves) {
        const policy = policyOf(document, model, move.target);
        if (policy.direct_moves === "allow") continue;
        const name = nameTarget(move.target);
        await note(caller, move, policy.name);
        if (policy.direct_moves === "deny") {
          const query = new URLSearchParams({
            model,
            target: name,
            ...(move.to === undefined ? {} : { version: String(move.to) }),
          });
          throw denied(
            `${sayProtected(model, move, policy.name)} Open one at ${linkTo(`/reviews/new?${query}`)}`,
          );
        }
        const { requestId, isNew } = await findOrOpen(caller, model, move);
        throw denied(
          `${sayProtected(model, move, policy.name)} Request ${requestId} ${isNew ? "was opened for it" : "is open for it already"}: ${linkTo(`/reviews/${requestId}`)}`,
        );
      }
    },

    async checkRename(caller, { model, newName, targets }) {
      const { document } = await readPolicies(store, caller.workspace);
      for (const target of targets) {
        const [before, after] = [policyOf(document, model, target), policyOf(document, newName, target)];
        const protecting = [before, after].find((policy) => policy.direct_moves !== "allow");
        if (before === after || !protecting) continue;
        await note(caller, { model, target }, protecting.name, `rename to ${newName}`);
        throw denied(
          `model '${model}' cannot become '${newName}': ${nameTarget(target)} is protected by policy '${protecting.name}', which does not know it by both names.`,
        );
      }
    },

    async explain({ workspace }, requests) {
      const { document } = await readPolicies(store, workspace);
      if (document.policies.length === 0) return requests.map(() => undefined);
      return requests.map(({ model, moves }) => {
        for (const move of moves) {
          const policy = policyOf(document, model, move.target);
          if (policy.direct_moves !== "allow") return sayProtected(model, move, policy.name);
        }
        return undefined;
      });
    },
  };

  async function findOrOpen(caller: Caller, model: string, move: TargetMove) {
    requirePermission(caller, "model.review", { kind: "model", name: model });
    const { items } = await reviews.list(caller, {
      model,
      target: move.target,
      states: ["draft", "open", "approved", "queued"],
    });
    const known = items.find(({ subject }) => subject.kind === "moves" && isSame(subject.moves, move));
    if (known) return { requestId: known.requestId, isNew: false };
    const opened = await reviews.open(caller, {
      model,
      moves: [{ target: move.target, version: move.to }],
      body: "Opened because somebody moved it without a request.",
    });
    return { requestId: opened.requestId, isNew: true };
  }
}

function sayProtected(model: string, { target }: TargetMove, policy: string): string {
  return `${nameTarget(target)} of model '${model}' is protected by policy '${policy}' and moves by a request only.`;
}

function isSame(moves: readonly Move[], { target, to }: TargetMove): boolean {
  const [only, ...others] = moves;
  if (!only || others.length > 0) return false;
  return only.to === to && nameTarget(only.target) === nameTarget(target);
}

function denied(message: string): DomainError {
  return new DomainError("permission_denied", `Permission denied: ${message}`, { reason: "review_required" });
}
