import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import { requireText } from "@runweir/tracking-domain";
import { parseModelFilter, requireLimit } from "../search/parse-search.ts";
import { readSelection } from "../service/listing-service.ts";
import type { StageStore } from "../stage.ts";
import { requireFreeAlias } from "../validation/check-alias.ts";
import { requireTarget } from "../validation/check-target.ts";
import { limits } from "../validation/limits.ts";
import type { BulkItem, BulkJob, BulkMoves, BulkRequest, BulkStore, PlanOptions } from "./bulk-moves.ts";

export function createBulkMoves(options: {
  readonly store: BulkStore;
  readonly stages: Pick<StageStore, "readStages">;
  readonly clock: { now(): number };
  /** Somebody is wanted who does what was begun. */
  wake(): void;
}): BulkMoves {
  const { store, stages, clock, wake } = options;

  async function requireJob({ workspace }: Caller, jobId: string): Promise<BulkJob> {
    const job = /^\d{1,15}$/.test(jobId) ? await store.findJob(workspace, jobId) : undefined;
    if (job) return job;
    throw new DomainError("not_found", `There is no bulk move '${jobId}'.`, { field: "job_id" });
  }

  async function take(caller: Caller, jobId: string, step: "apply" | "pause" | "resume" | "undo") {
    const job = await requireJob(caller, jobId);
    if (!(await store.step(caller.workspace, jobId, step)))
      throw new DomainError(
        "failed_precondition",
        `Bulk move '${jobId}' is ${job.state}: ${allowedIn[step]}.`,
        { field: "job_id" },
      );
    wake();
    return requireJob(caller, jobId);
  }

  /** What was allowed when it was planned may not be so any more. */
  async function requireAllowed(caller: Caller, job: BulkJob, { refuse }: PlanOptions = {}): Promise<void> {
    if (!refuse) return;
    let pageToken: string | undefined;
    do {
      const page = await store.listItems(caller.workspace, job.jobId, { limit: 1_000, pageToken });
      const reasons = await refuse(caller, job.request.target, page.items);
      const why = reasons.find((reason) => reason !== undefined);
      if (why !== undefined) throw new DomainError("permission_denied", why, { field: "job_id" });
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
  }

  return {
    async plan(caller, input, { visible, refuse } = {}) {
      const request = await requireRequest(stages, caller.workspace, input);
      return store.plan(caller.workspace, {
        request,
        selection: readSelection({ ...request.models, visible }),
        actor: { id: caller.principal.id, name: caller.principal.name },
        requestId: caller.requestId,
        now: clock.now(),
        ...(refuse && {
          async refuse(items: readonly BulkItem[]) {
            const reasons = await refuse(caller, request.target, items);
            return items.flatMap((item, index) => {
              const reason = reasons[index];
              return reason === undefined ? [] : [{ item, reason }];
            });
          },
        }),
      });
    },

    getJob: requireJob,

    listJobs: ({ workspace }, { maxResults, pageToken, actorId }) =>
      store.listJobs(workspace, { limit: requireLimit(maxResults, limits.searchModels), pageToken, actorId }),

    async listItems(caller, jobId, { maxResults, pageToken }) {
      await requireJob(caller, jobId);
      const limit = requireLimit(maxResults, limits.searchModels);
      return store.listItems(caller.workspace, jobId, { limit, pageToken });
    },

    async apply(caller, jobId, digest, options) {
      const job = await requireJob(caller, jobId);
      if (job.digest !== digest)
        throw new DomainError(
          "failed_precondition",
          `Parameter 'digest' is '${digest}', the plan's is '${job.digest}': look at the plan again before it is applied.`,
          { field: "digest" },
        );
      await requireAllowed(caller, job, options);
      return take(caller, jobId, "apply");
    },

    pause: (caller, jobId) => take(caller, jobId, "pause"),
    resume: (caller, jobId) => take(caller, jobId, "resume"),

    async undo(caller, jobId, options) {
      await requireAllowed(caller, await requireJob(caller, jobId), options);
      return take(caller, jobId, "undo");
    },
  };
}

const allowedIn = {
  apply: "only what is planned can be applied",
  pause: "only what is applying or undoing can be paused",
  resume: "only what is paused can be resumed",
  undo: "only what is applied, or paused on the way there, can be undone",
} as const;

/** A stage must be known in the whole workspace: the models have no stages of their own in common. */
async function requireRequest(
  stages: Pick<StageStore, "readStages">,
  workspace: string,
  { models, version, target, reason }: BulkRequest,
): Promise<BulkRequest> {
  parseModelFilter(models.filter);
  if (target.kind === "stage" && version.kind === "none")
    throw new DomainError(
      "invalid_argument",
      "Parameter 'version' is 'none', which only aliases can point at; name a version for the stage.",
      { field: "version" },
    );
  return {
    models,
    target: await requireTarget(stages, { workspace }, target, requireFreeAlias),
    version:
      version.kind === "alias" || version.kind === "stage"
        ? await requireTarget(stages, { workspace }, version)
        : version,
    reason: reason ? requireText("reason", reason, limits.reason) : undefined,
  };
}
