import type { Artifacts } from "@runweir/artifacts-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { filled } from "../experiment-answer.ts";
import { runId } from "../run-endpoints.ts";
import { readTextOrNothing } from "../wire/field-values.ts";
import { message, optional, withDefault } from "../wire/message.ts";
import { fileInfo } from "./file-info.ts";

const path = withDefault(readTextOrNothing, undefined);
const pageToken = optional(readTextOrNothing);

/** The files of a run and of a logged model. */
export function listingEndpoints(artifacts: Artifacts): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["GET"],
      path: "artifacts/list",
      permission: "artifact.read",
      request: message({ runId, path, pageToken }),
      async answer(input, { caller }) {
        const owner = { kind: "run", runId: input.runId } as const;
        return answerListing(await artifacts.list(caller, owner, input.path ?? "", input));
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "logged-models/:modelId/artifacts/directories",
      permission: "artifact.read",
      request: message({ artifactDirectoryPath: path, pageToken }),
      async answer(input, { caller, params }) {
        const owner = { kind: "model", modelId: params.modelId ?? "" } as const;
        return answerListing(await artifacts.list(caller, owner, input.artifactDirectoryPath ?? "", input));
      },
    }),
  ];
}

/** A folder of the proxied tree. The protocol has no pages here, so all of it is answered at once. */
export function proxiedListing(artifacts: Artifacts): Endpoint {
  return defineEndpoint({
    methods: ["GET"],
    path: "artifacts",
    permission: "artifact.read",
    request: message({ path }),
    async answer(input, { caller }) {
      const files = [];
      let token: string | undefined;
      do {
        const page = await artifacts.list(caller, { kind: "tree" }, input.path ?? "", { pageToken: token });
        files.push(...page.entries.map((entry) => fileInfo(entry, entry.name)));
        token = page.nextPageToken;
      } while (token !== undefined);
      return { files: filled(files) };
    },
  });
}

function answerListing(listing: Awaited<ReturnType<Artifacts["list"]>>): object {
  return {
    root_uri: listing.rootUri,
    files: filled(listing.entries.map((entry) => fileInfo(entry, entry.path))),
    next_page_token: listing.nextPageToken,
  };
}
