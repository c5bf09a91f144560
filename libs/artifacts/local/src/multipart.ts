import { createReadStream } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArtifactPath,
  type ArtifactStore,
  holdError,
  type UploadPart,
  withoutDestroying,
} from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import { writeStaged } from "./staged-file.ts";
import type { Staging } from "./staging.ts";
import { translate } from "./translate.ts";

type Multipart = Pick<ArtifactStore, "startUpload" | "putPart" | "completeUpload" | "abortUpload">;

/**
 * An upload is a folder in the staging area: `path` says where the file goes, and each part is `<number>-<etag>`. It outlives
 * a restart, and ends by completion, by being given up, or by the sweep.
 */
export function createMultipart(options: {
  readonly staging: Staging;
  check(path: ArtifactPath): Promise<string>;
  publish(path: ArtifactPath, file: string): Promise<void>;
}): Multipart {
  const { staging } = options;

  async function findUpload(path: ArtifactPath, uploadId: string): Promise<string> {
    const folder = join(staging.folder, `upload-${uploadId}`);
    const isId = /^[0-9a-f]{32}$/.test(uploadId);
    const isOurs = isId && (await readFile(join(folder, "path"), "utf8").catch(() => undefined)) === path;
    if (isOurs) return folder;
    throw new DomainError("not_found", `There is no upload ${JSON.stringify(uploadId)} of '${path}'.`, {
      field: "upload_id",
    });
  }

  return {
    startUpload: (path) =>
      translate(path, async () => {
        await options.check(path);
        await staging.ensure();
        const uploadId = staging.newName();
        const folder = join(staging.folder, `upload-${uploadId}`);
        await mkdir(folder, { mode: 0o700 });
        await writeFile(join(folder, "path"), path, { flush: true });
        return uploadId;
      }),
    putPart(path, uploadId, { partNumber, body }) {
      holdError(body);
      return translate(path, async () => {
        const folder = await findUpload(path, uploadId);
        const { file, digest } = await writeStaged(staging, withoutDestroying(body));
        try {
          const older = (await readParts(folder)).get(partNumber);
          await rename(file, join(folder, `${partNumber}-${digest}`));
          if (older !== undefined && older !== digest)
            await rm(join(folder, `${partNumber}-${older}`), { force: true });
          // The sweep goes by this: an upload is alive while parts arrive.
          await utimes(folder, new Date(), new Date());
        } catch (error) {
          await rm(file, { force: true });
          throw error;
        }
        return digest;
      });
    },
    completeUpload: (path, uploadId, parts) =>
      translate(path, async () => {
        const folder = await findUpload(path, uploadId);
        const files = await matchParts(folder, parts);
        const whole = await writeStaged(staging, concatenate(files));
        await options.publish(path, whole.file);
        await rm(folder, { recursive: true, force: true });
      }),
    abortUpload: (path, uploadId) =>
      translate(path, async () => {
        await rm(await findUpload(path, uploadId), { recursive: true, force: true });
      }),
  };
}

async function readParts(folder: string): Promise<Map<number, string>> {
  const parts = new Map<number, { etag: string; at: number }>();
  for (const name of await readdir(folder)) {
    const [, number, etag] = /^(\d+)-([0-9a-f]{64})$/.exec(name) ?? [];
    if (number === undefined || etag === undefined) continue;
    // Two of one number stand only when a process died between writing the new and removing the old.
    const at = (await lstat(join(folder, name))).mtimeMs;
    const other = parts.get(Number(number));
    if (other === undefined || at >= other.at) parts.set(Number(number), { etag, at });
  }
  return new Map([...parts].map(([number, { etag }]) => [number, etag]));
}

async function matchParts(folder: string, parts: readonly UploadPart[]): Promise<readonly string[]> {
  const stored = await readParts(folder);
  return parts.map(({ partNumber, etag }) => {
    const found = stored.get(partNumber);
    const claimed = etag.replaceAll('"', "");
    if (found !== undefined && (claimed === "" || claimed === found))
      return join(folder, `${partNumber}-${found}`);
    throw new DomainError(
      "invalid_argument",
      found === undefined
        ? `Part ${partNumber} was never received.`
        : `Part ${partNumber} was received with etag ${found}, not ${claimed}.`,
      { field: "parts" },
    );
  });
}

async function* concatenate(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files)
    yield* createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
}
