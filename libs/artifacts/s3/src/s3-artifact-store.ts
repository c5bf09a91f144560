import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import {
  type ArtifactPath,
  type ArtifactStore,
  holdError,
  invalidPath,
  type OpenArtifact,
  withoutDestroying,
} from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { Bucket } from "./bucket.ts";
import { listFolder } from "./list-folder.ts";
import { createMultipart } from "./multipart.ts";
import { translate } from "./translate.ts";

/** 10,000 parts of this size are 156 GiB, the largest file that is taken in one piece. */
const pieceBytes = 16 * 1024 * 1024;

/**
 * Artifacts in a bucket of Amazon S3 or of anything that speaks it, below `prefix`. Files are streamed both ways: an upload
 * holds at most two pieces of 16 MiB, and small files are one request.
 */
export function createS3ArtifactStore(options: {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix?: string | undefined;
}): ArtifactStore {
  const { client } = options;
  const root = (options.prefix ?? "").replace(/^\/+|\/+$/g, "");
  const base = root === "" ? "" : `${root}/`;
  const bucket: Bucket = {
    client,
    name: options.bucket,
    keyOf: (path) => base + path,
    prefixOf: (folder) => (folder === "" ? base : `${base}${folder}/`),
  };

  return {
    put(path, body) {
      holdError(body);
      const params = {
        Bucket: bucket.name,
        Key: bucket.keyOf(path),
        Body: Readable.from(withoutDestroying(body)),
      };
      const upload = () => new Upload({ client, params, partSize: pieceBytes, queueSize: 2 }).done();
      return translate(path, async () => void (await upload()), body);
    },
    open: (path) => translate(path, () => openObject(bucket, path)),
    stat: (path) =>
      translate(path, async () => {
        if (path !== "" && (await head(bucket, path)) !== undefined) return "file";
        return (await isFolder(bucket, path)) ? "folder" : "nothing";
      }),
    list: (folder, page) => translate(folder, () => listFolder(bucket, folder, page)),
    delete(path) {
      return translate(path, async () => {
        if (path === "") throw invalidPath(path);
        await deleteBelow(bucket, path);
        await client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: bucket.keyOf(path) }));
      });
    },
    ...createMultipart(bucket),
  };
}

async function head(bucket: Bucket, path: ArtifactPath) {
  try {
    return await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.keyOf(path) }));
  } catch (error) {
    if (error instanceof Error && error.name === "NotFound") return undefined;
    throw error;
  }
}

async function isFolder(bucket: Bucket, path: ArtifactPath): Promise<boolean> {
  const below = { Bucket: bucket.name, Prefix: bucket.prefixOf(path), MaxKeys: 1 };
  const { KeyCount } = await bucket.client.send(new ListObjectsV2Command(below));
  return (KeyCount ?? 0) > 0;
}

async function openObject(bucket: Bucket, path: ArtifactPath): Promise<OpenArtifact> {
  const found = await head(bucket, path);
  if (found === undefined) {
    if (!(await isFolder(bucket, path)))
      throw new DomainError("not_found", `No such artifact: '${path}'`, { field: "path" });
    throw new DomainError("invalid_argument", `Artifact path refers to a directory, not a file: '${path}'`, {
      field: "path",
      reason: "is_folder",
    });
  }
  const { ETag } = found;
  return {
    bytes: found.ContentLength ?? 0,
    modifiedAt: found.LastModified?.getTime() ?? 0,
    etag: (ETag ?? "").replaceAll('"', ""),
    read: (range) =>
      translate(path, async () => {
        const { Body } = await bucket.client.send(
          new GetObjectCommand({
            Bucket: bucket.name,
            Key: bucket.keyOf(path),
            ...(ETag === undefined ? {} : { IfMatch: ETag }),
            ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
          }),
        );
        if (Body instanceof Readable) return Body;
        throw new DomainError("unavailable", "The artifact store answered without a body; try again.");
      }),
    close: async () => {},
  };
}

async function deleteBelow(bucket: Bucket, folder: ArtifactPath): Promise<void> {
  for (;;) {
    // Always the first page: what it held is gone by the next turn.
    const { Contents = [] } = await bucket.client.send(
      new ListObjectsV2Command({ Bucket: bucket.name, Prefix: bucket.prefixOf(folder) }),
    );
    if (Contents.length === 0) return;
    const { Errors = [] } = await bucket.client.send(
      new DeleteObjectsCommand({
        Bucket: bucket.name,
        Delete: { Objects: Contents.map(({ Key }) => ({ Key })), Quiet: true },
      }),
    );
    const [first] = Errors;
    if (first) {
      throw new DomainError(
        "unavailable",
        `'${folder}' was deleted only in part: ${first.Code ?? "an error"} at one of its files.`,
      );
    }
  }
}
