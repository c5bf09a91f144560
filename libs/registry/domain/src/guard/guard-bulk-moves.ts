import { DomainError } from "@runweir/errors";
import {
  type Caller,
  decide,
  type GuardRules,
  guardService,
  isAlikeForAll,
  type Permission,
  readable,
  requirePermission,
} from "@runweir/identity-domain";
import type { BulkItem, BulkMoves, RefuseItems } from "../bulk/bulk-moves.ts";
import { initialStage, type RegistryStages, type Stage } from "../stage.ts";
import type { Target, TargetMove } from "../target.ts";
import type { TargetGate } from "../target-gate.ts";
import { stagePermission } from "./stage-permission.ts";

type BulkNeed = { readonly permission: Permission } | { readonly job: string };

/** Whoever may move nothing plans nothing; a job is its maker's, and its items are of models they may move. */
const rules: GuardRules<BulkMoves, BulkNeed> = {
  plan: ({ target }) => [{ permission: target.kind === "alias" ? "alias.move" : "model.edit" }],
  getJob: (job) => [{ permission: "model.read" }, { job }],
  listJobs: () => [{ permission: "model.read" }],
  listItems: (job) => [{ permission: "model.read" }, { job }],
  apply: (job) => [{ permission: "model.edit" }, { job }],
  pause: (job) => [{ permission: "model.edit" }, { job }],
  resume: (job) => [{ permission: "model.edit" }, { job }],
  undo: (job) => [{ permission: "model.edit" }, { job }],
};

/** Bulk moves as doors get them. */
export function guardBulkMoves(
  bulk: BulkMoves,
  { registry, gate }: { readonly registry: RegistryStages; readonly gate?: TargetGate | undefined },
): BulkMoves {
  const refuse: RefuseItems = async (caller, target, items) => {
    const stages = target.kind === "stage" ? await registry.listStages(caller) : [];
    const reasons = items.map((item) => denial(caller, target, stages, item));
    const asked = gate ? items.filter((_, index) => reasons[index] === undefined) : [];
    if (!gate || asked.length === 0) return reasons;
    const protecting = new Map(
      (await askGate(gate, caller, target, asked)).map((reason, index) => [asked[index], reason]),
    );
    return items.map((item, index) => reasons[index] ?? protecting.get(item));
  };
  /** Who may do everything to every model is not asked about each. */
  const refusing = (caller: Caller) =>
    gate || !(isAlikeForAll(caller, "model") && caller.rights.administrator) ? refuse : undefined;

  const seen: BulkMoves = {
    ...bulk,
    plan: (caller, request) =>
      bulk.plan(caller, request, { visible: readable(caller, "model"), refuse: refusing(caller) }),
    apply: (caller, jobId, digest) => bulk.apply(caller, jobId, digest, { refuse: refusing(caller) }),
    undo: (caller, jobId) => bulk.undo(caller, jobId, { refuse: refusing(caller) }),
    listJobs: (caller, page) =>
      bulk.listJobs(caller, caller.rights.administrator ? page : { ...page, actorId: caller.principal.id }),
  };
  return guardService(seen, rules, async (caller, needs) => {
    for (const need of needs) {
      if ("permission" in need) requirePermission(caller, need.permission);
      else if (!isTheirs(caller, (await bulk.getJob(caller, need.job)).actor.id))
        throw new DomainError(
          "permission_denied",
          `Permission denied: bulk move '${need.job}' belongs to whoever planned it.`,
        );
    }
  });
}

function isTheirs({ principal, rights }: Caller, maker: string): boolean {
  return rights.administrator || principal.id === maker;
}

function denial(caller: Caller, target: Target, known: readonly Stage[], item: BulkItem): string | undefined {
  const stages = [item.fromStage, item.toStage];
  const needed: readonly Permission[] =
    target.kind === "alias"
      ? ["alias.move"]
      : [
          "model.edit",
          ...stages.flatMap((stage) => (stage === undefined ? [] : (stagePermission(known, stage) ?? []))),
        ];
  const object =
    target.kind === "alias"
      ? ({ kind: "alias", model: item.model, alias: target.alias } as const)
      : ({ kind: "model", name: item.model } as const);
  const refusal = needed
    .map((permission) => decide(caller, permission, object))
    .find(({ allowed }) => !allowed);
  return refusal && `Permission denied: ${refusal.reason}.`;
}

async function askGate(
  gate: TargetGate,
  caller: Caller,
  target: Target,
  items: readonly BulkItem[],
): Promise<readonly (string | undefined)[]> {
  const requests = items.map((item) => ({ model: item.model, moves: movesOf(target, item) }));
  if (gate.explain) return gate.explain(caller, requests);
  const reasons: (string | undefined)[] = [];
  for (const request of requests)
    reasons.push(
      await gate.check(caller, request).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof DomainError) return error.message;
          throw error;
        },
      ),
    );
  return reasons;
}

function movesOf(target: Target, item: BulkItem): readonly TargetMove[] {
  const { model, version } = item;
  if (target.kind === "alias") return [{ model, target, from: item.from, to: item.to }];
  return [
    { model, target: { kind: "stage", stage: item.fromStage ?? initialStage }, from: version },
    { model, target, to: version },
  ].filter((move) => move.target.stage !== initialStage) as readonly TargetMove[];
}
