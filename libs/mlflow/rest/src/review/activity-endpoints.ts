import { DomainError } from "@runweir/errors";
import type { Registry } from "@runweir/registry-domain";
import type { Reviews } from "@runweir/review-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { versionNumber } from "../registry/version-number.ts";
import { readInteger, readText } from "../wire/field-values.ts";
import { message, required, withDefault } from "../wire/message.ts";
import { eventActivity, transitionActivity } from "./activity-answer.ts";

const resultsMax = 1_000;

/**
 * Everything that happened to a version, as Databricks' activities, the newest first: transitions, requests for them and what became of
 * those, comments. Databricks publishes no endpoint for it; its messages are its own.
 */
export function activityEndpoints(reviews: Reviews, registry: Registry): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["GET"],
      path: "activities/list",
      permission: "model.read",
      request: message({
        name: required(readText),
        version: versionNumber,
        maxResults: withDefault(readInteger, 100),
      }),
      answer: async ({ name, version, maxResults }, { caller }) => {
        if (maxResults < 1 || maxResults > resultsMax)
          throw new DomainError(
            "invalid_argument",
            `max_results is ${maxResults}; 1 to ${resultsMax} are allowed.`,
            {
              field: "max_results",
            },
          );
        const { stage } = await registry.getVersion(caller, name, version);
        const [moves, said] = await Promise.all([
          registry.getHistory(caller, name, { version, maxResults: resultsMax }),
          reviews.listActivity(caller, name, { version: Number(version), limit: resultsMax }),
        ]);
        const activities = [
          ...moves.items.flatMap((entry) => (entry.kind === "stage" ? transitionActivity(entry) : [])),
          ...said.items.flatMap((item) => eventActivity(item, stage)),
        ];
        return {
          activities: activities
            .toSorted((a, b) => b.creation_timestamp - a.creation_timestamp)
            .slice(0, maxResults),
        };
      },
    }),
  ];
}
