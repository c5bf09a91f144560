import { DomainError } from "@runweir/errors";
import type { Tracking } from "@runweir/tracking-domain";
import { defineEndpoint, type Endpoint } from "./endpoint.ts";
import { filled } from "./experiment-answer.ts";
import { readText } from "./wire/field-values.ts";
import { message, repeated } from "./wire/message.ts";

const experimentsMax = 20;

export function datasetEndpoints(tracking: Tracking): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "experiments/search-datasets",
      permission: "experiment.read",
      request: message({ experimentIds: repeated(readText) }),
      async answer({ experimentIds }, { caller }) {
        if (experimentIds.length === 0)
          throw refuse("SearchDatasets request must specify at least one experiment_id.");
        if (experimentIds.length > experimentsMax)
          throw refuse(
            `SearchDatasets request cannot specify more than ${experimentsMax} experiment_ids. Received ${experimentIds.length} experiment_ids.`,
          );
        const summaries = await tracking.searchDatasets(caller, experimentIds);
        return {
          dataset_summaries: filled(
            summaries.map(({ experimentId, name, digest, context }) => ({
              experiment_id: experimentId,
              name,
              digest,
              context,
            })),
          ),
        };
      },
    }),
  ];
}

function refuse(text: string): DomainError {
  return new DomainError("invalid_argument", text, { field: "experiment_ids" });
}
