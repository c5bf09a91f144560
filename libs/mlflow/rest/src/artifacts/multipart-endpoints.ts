import { type Artifacts, partsMax } from "@runweir/artifacts-domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Asked, defineEndpoint, type Endpoint } from "../endpoint.ts";
import { type ReadValue, readInteger32, readText } from "../wire/field-values.ts";
import { message, required, requiredList, withDefault } from "../wire/message.ts";
import { RefusedValue } from "../wire/refused-value.ts";
import { pathOf } from "./proxied-routes.ts";
import { bodyOf } from "./stream-bodies.ts";

const tree = { kind: "tree" } as const;

const readPartsCount: ReadValue<number> = (value, at) => {
  const number = readInteger32(value, at);
  if (number >= 1 && number <= partsMax) return number;
  throw new RefusedValue(at, value, `a number from 1 to ${partsMax}`);
};

const path = required(readText);
const uploadId = required(readText);
const part = message({ partNumber: required(readInteger32), etag: withDefault(readText, "") });

/**
 * Large files in parts. MLflow hands out presigned addresses of a cloud store; here the parts come to this server
 * (`mpu/part`), whatever store lies behind it.
 */
export function multipartEndpoints(artifacts: Artifacts, prefix: string): readonly Endpoint[] {
  const steps = { methods: ["POST"], permission: "artifact.write" } as const;
  return [
    createUpload(artifacts, prefix),
    defineEndpoint({
      ...steps,
      path: "mpu/complete/*",
      request: message({ path, uploadId, parts: requiredList(part.read) }),
      answer: ({ parts, ...input }, asked) =>
        artifacts.completeUpload(asked.caller, tree, targetOf(asked, input.path), {
          uploadId: input.uploadId,
          parts,
        }),
    }),
    defineEndpoint({
      ...steps,
      path: "mpu/abort/*",
      request: message({ path, uploadId }),
      answer: (input, asked) =>
        artifacts.abortUpload(asked.caller, tree, targetOf(asked, input.path), input.uploadId),
    }),
  ];
}

/** Clients put parts to the address they are given, so it has to be whole: it names the host they called. */
function createUpload(artifacts: Artifacts, prefix: string): Endpoint {
  return defineEndpoint({
    methods: ["POST"],
    path: "mpu/create/*",
    permission: "artifact.write",
    request: message({ path, numParts: withDefault(readPartsCount, 1) }),
    async answer(input, asked) {
      const target = targetOf(asked, input.path);
      const id = await artifacts.startUpload(asked.caller, tree, target);
      const address = `${asked.origin}${prefix}/mpu/part/${target.split("/").map(encodeURIComponent).join("/")}`;
      return {
        upload_id: id,
        credentials: Array.from({ length: input.numParts }, (_, index) => ({
          url: `${address}?upload_id=${encodeURIComponent(id)}&part_number=${index + 1}`,
          part_number: index + 1,
          headers: {},
        })),
      };
    },
  });
}

const partQuery = message({ uploadId, partNumber: required(readText) });

export function partRoute(scope: FastifyInstance, artifacts: Artifacts, prefix: string): void {
  scope.put(`${prefix}/mpu/part/*`, { config: { permission: "artifact.write" } }, async (request, reply) => {
    const query = partQuery.fromQuery(request.query as Readonly<Record<string, unknown>>);
    const etag = await artifacts.putPart(request.caller, tree, pathOf(request), {
      uploadId: query.uploadId,
      partNumber: Number(query.partNumber),
      body: bodyOf(request),
      bytes: announcedBytes(request),
    });
    return reply.header("etag", `"${etag}"`).send({});
  });
}

function announcedBytes({ headers }: FastifyRequest): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  return Number(headers["content-length"] ?? 0);
}

/** The address names the folder; the body repeats the path of the file on the client's disk, of which only the name counts. */
function targetOf({ params }: Asked, localPath: string): string {
  const name = localPath.slice(Math.max(localPath.lastIndexOf("/"), localPath.lastIndexOf("\\")) + 1);
  const folder = params["*"] ?? "";
  return folder === "" ? name : `${folder.replace(/\/+$/, "")}/${name}`;
}
