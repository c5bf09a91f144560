import { parseArtifactPath } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { Tracking } from "@runweir/tracking-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { runId } from "../run-endpoints.ts";
import { readText, readTextOrNothing } from "../wire/field-values.ts";
import { message, optional, required } from "../wire/message.ts";

const path = required(readText);

/**
 * No address of a store is given to clients: uploads and downloads pass this server, where they can be refused. Clients
 * that ask are answered as MLflow answers for a store without such addresses, and go on without.
 */
export function presignedEndpoints(
  tracking: Pick<Tracking, "getRunInfo" | "getLoggedModel">,
): readonly Endpoint[] {
  return [
    defineEndpoint({
      methods: ["POST"],
      path: "artifacts/presigned-upload-url",
      permission: "artifact.write",
      request: message({ runId: optional(readTextOrNothing), modelId: optional(readTextOrNothing), path }),
      async answer(input, { caller }) {
        if ((input.runId === undefined) === (input.modelId === undefined)) {
          throw new DomainError("invalid_argument", "Exactly one of run_id and model_id must be provided.");
        }
        parseArtifactPath(input.path);
        if (input.runId !== undefined) await tracking.getRunInfo(caller, input.runId);
        if (input.modelId !== undefined) await tracking.getLoggedModel(caller, input.modelId);
        throw unsupported("Presigned upload");
      },
    }),
    defineEndpoint({
      methods: ["POST"],
      path: "artifacts/presigned-download-url",
      permission: "artifact.read",
      request: message({ runId, path }),
      async answer(input, { caller }) {
        parseArtifactPath(input.path);
        await tracking.getRunInfo(caller, input.runId);
        throw unsupported("Presigned download");
      },
    }),
  ];
}

export function proxiedPresigned(): Endpoint {
  return defineEndpoint({
    methods: ["GET"],
    path: "presigned/*",
    permission: "artifact.read",
    request: message({}),
    async answer(_input, { params }) {
      parseArtifactPath(params["*"] ?? "");
      throw unsupported("Multipart download");
    },
  });
}

function unsupported(what: string): DomainError {
  return new DomainError("not_implemented", `${what} is not supported for the current artifact repository`);
}
