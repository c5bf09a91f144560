import { DomainError } from "@runweir/errors";
import type { Reviews } from "@runweir/review-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { versionNumber } from "../registry/version-number.ts";
import { readText } from "../wire/field-values.ts";
import { message, required } from "../wire/message.ts";
import { commentAnswer } from "./activity-answer.ts";

const named = { id: required(readText) };

/** Databricks' comments are on versions; here they are on the newest request about that version. */
export function commentEndpoints(reviews: Reviews): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "comments/create",
      permission: "model.review",
      request: message({ name: required(readText), version: versionNumber, comment: required(readText) }),
      answer: async ({ name, version, comment: body }, { caller }) => {
        const { items } = await reviews.list(caller, { model: name, version: Number(version), limit: 1 });
        const [request] = items;
        if (!request)
          throw new DomainError(
            "failed_precondition",
            `No request is about version ${version} of model '${name}'; comments are on requests. Create one first.`,
            { field: "version" },
          );
        const comment = await reviews.comment(caller, { requestId: request.requestId, body });
        return { comment: commentAnswer(comment) };
      },
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "comments/update",
      permission: "model.review",
      request: message({ ...named, comment: required(readText) }),
      answer: async ({ id, comment }, { caller }) => ({
        comment: commentAnswer(await reviews.editComment(caller, readNumber(id), comment)),
      }),
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "comments/delete",
      permission: "model.review",
      request: message(named),
      answer: ({ id }, { caller }) => reviews.deleteComment(caller, readNumber(id)),
    }),
  ];
}

function readNumber(id: string): number {
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
  throw new DomainError("not_found", `There is no comment ${id}.`, { field: "id" });
}
