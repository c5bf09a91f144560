import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { ReviewRequest, Reviews } from "@runweir/review-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { versionNumber } from "../registry/version-number.ts";
import { readFlag, readText, readTextOrNothing } from "../wire/field-values.ts";
import { message, optional, required, withDefault } from "../wire/message.ts";
import { activityAnswer, transitionRequestAnswer } from "./activity-answer.ts";

const ofVersion = { name: required(readText), version: versionNumber };
const asked = { ...ofVersion, stage: required(readText), comment: optional(readTextOrNothing) };
const pending = ["draft", "open", "approved", "queued"] as const;

/** Databricks' requests for a stage: the same requests as everywhere else, seen from a model's version. */
export function transitionRequestEndpoints(reviews: Reviews): readonly Endpoint[] {
  async function listPending(
    caller: Caller,
    name: string,
    version: string,
  ): Promise<readonly ReviewRequest[]> {
    const { items } = await reviews.list(caller, {
      model: name,
      version: Number(version),
      states: pending,
      limit: 200,
    });
    return items.filter((request) => stageOf(request) !== undefined).toReversed();
  }

  /** The oldest that is open for that stage. */
  async function find(
    caller: Caller,
    { name, version, stage, creator }: { name: string; version: string; stage: string; creator?: string },
  ): Promise<ReviewRequest> {
    const found = (await listPending(caller, name, version)).find(
      (request) =>
        stageOf(request)?.toLowerCase() === stage.toLowerCase() &&
        (creator === undefined || request.author.name === creator),
    );
    if (found) return found;
    throw new DomainError(
      "not_found",
      `There is no open request to move version ${version} of model '${name}' to stage ${stage}${creator === undefined ? "" : ` by ${creator}`}.`,
      { field: "stage" },
    );
  }

  return [
    defineEndpoint({
      methods: ["POST"],
      path: "transition-requests/create",
      permission: "model.review",
      request: message(asked),
      answer: async ({ name, version, stage, comment }, { caller }) => {
        const request = await reviews.open(caller, {
          model: name,
          moves: [{ target: { kind: "stage", stage }, version: Number(version) }],
          body: comment,
        });
        return { request: transitionRequestAnswer(request) };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "transition-requests/list",
      permission: "model.read",
      request: message(ofVersion),
      answer: async ({ name, version }, { caller }) => ({
        requests: (await listPending(caller, name, version)).map((request) =>
          activityAnswer(request, "REQUESTED_TRANSITION", request.author, request.creationTime, request.body),
        ),
      }),
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "transition-requests/approve",
      permission: "model.review",
      request: message({ ...asked, archiveExistingVersions: withDefault(readFlag, false) }),
      answer: async ({ comment, archiveExistingVersions, ...of }, { caller }) => {
        const { requestId, headDigest } = await find(caller, of);
        await reviews.review(caller, { requestId, kind: "approve", headDigest, body: comment });
        const { request, canBeApplied } = await reviews.get(caller, requestId);
        // Where others have to approve as well it stays open, as it would on the page.
        const after = canBeApplied
          ? await reviews.apply(caller, { requestId, headDigest, archivePrevious: archiveExistingVersions })
          : request;
        return {
          activity: activityAnswer(
            after,
            "APPROVED_REQUEST",
            caller.principal,
            after.lastUpdateTime,
            comment,
          ),
        };
      },
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "transition-requests/reject",
      permission: "model.review",
      request: message(asked),
      answer: async ({ comment = "", ...of }, { caller }) => {
        const { requestId } = await find(caller, of);
        const after = await reviews.reject(caller, requestId, comment);
        return {
          activity: activityAnswer(
            after,
            "REJECTED_REQUEST",
            caller.principal,
            after.lastUpdateTime,
            comment,
          ),
        };
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "transition-requests/delete",
      permission: "model.review",
      request: message({ ...asked, creator: required(readText) }),
      answer: async ({ comment = "", ...of }, { caller }) => {
        const { requestId } = await find(caller, of);
        const after = await reviews.close(caller, requestId, comment);
        return {
          activity: activityAnswer(
            after,
            "CANCELLED_REQUEST",
            caller.principal,
            after.lastUpdateTime,
            comment,
          ),
        };
      },
    }),
  ];
}

function stageOf({ subject }: ReviewRequest): string | undefined {
  const target =
    subject.kind === "moves" && subject.moves.length === 1 ? subject.moves[0]?.target : undefined;
  return target?.kind === "stage" ? target.stage : undefined;
}
