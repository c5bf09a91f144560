import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import {
  type ArtifactPath,
  type ArtifactStore,
  holdError,
  type IncomingPart,
  withoutDestroying,
} from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { Bucket } from "./bucket.ts";
import { translate } from "./translate.ts";

type Multipart = Pick<ArtifactStore, "startUpload" | "putPart" | "completeUpload" | "abortUpload">;

/** S3 wants to know the length of a part before its first byte; one of unknown length is held, up to this size. */
const heldBytesMax = 32 * 1024 * 1024;

/** The store's own multipart uploads. Our id of one also names its file, since not every store checks that they belong together. */
export function createMultipart(bucket: Bucket): Multipart {
  const place = (path: ArtifactPath) => ({ Bucket: bucket.name, Key: bucket.keyOf(path) });
  const { client } = bucket;
  return {
    startUpload: (path) =>
      translate(path, async () => {
        const { UploadId } = await client.send(new CreateMultipartUploadCommand(place(path)));
        if (UploadId === undefined)
          throw new DomainError("unavailable", "The artifact store began no upload; try again.");
        return `${markOf(path)}.${UploadId}`;
      }),
    putPart(path, uploadId, part) {
      holdError(part.body);
      return translate(
        path,
        async () => {
          const UploadId = readUploadId(path, uploadId);
          const content = await readable(part);
          const { ETag } = await client.send(
            new UploadPartCommand({ ...place(path), UploadId, PartNumber: part.partNumber, ...content }),
          );
          return (ETag ?? "").replaceAll('"', "");
        },
        part.body,
      );
    },
    completeUpload: (path, uploadId, parts) =>
      translate(path, async () => {
        const UploadId = readUploadId(path, uploadId);
        const Parts = parts.map(({ partNumber, etag }) => ({
          PartNumber: partNumber,
          ETag: `"${etag.replaceAll('"', "")}"`,
        }));
        await client.send(
          new CompleteMultipartUploadCommand({ ...place(path), UploadId, MultipartUpload: { Parts } }),
        );
      }),
    abortUpload: (path, uploadId) =>
      translate(path, async () => {
        const UploadId = readUploadId(path, uploadId);
        await client.send(new AbortMultipartUploadCommand({ ...place(path), UploadId }));
      }),
  };
}

async function readable({
  body,
  bytes,
}: IncomingPart): Promise<{ Body: Readable | Buffer; ContentLength: number }> {
  if (bytes !== undefined) return { Body: Readable.from(withoutDestroying(body)), ContentLength: bytes };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of withoutDestroying(body)) {
    length += chunk.length;
    if (length > heldBytesMax) {
      throw new DomainError(
        "payload_too_large",
        "A part of more than 32 MiB has to announce its length (Content-Length).",
        { field: "part" },
      );
    }
    chunks.push(chunk);
  }
  return { Body: Buffer.concat(chunks), ContentLength: length };
}

function markOf(path: ArtifactPath): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}

function readUploadId(path: ArtifactPath, uploadId: string): string {
  const mark = `${markOf(path)}.`;
  if (uploadId.startsWith(mark) && uploadId.length > mark.length) return uploadId.slice(mark.length);
  throw new DomainError("not_found", `There is no upload ${JSON.stringify(uploadId)} of '${path}'.`, {
    field: "upload_id",
  });
}
