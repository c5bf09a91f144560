import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { OpenArtifact } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";

/** Links are not followed; a pipe or device is opened without waiting and then refused. Windows has neither flag. */
const flags =
  constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0) | (constants.O_NONBLOCK ?? 0);

export async function openLocalFile(file: string, path: string): Promise<OpenArtifact> {
  const handle = await open(file, flags);
  try {
    const found = await handle.stat({ bigint: true });
    if (found.isDirectory()) {
      throw new DomainError(
        "invalid_argument",
        `Artifact path refers to a directory, not a file: '${path}'`,
        {
          field: "path",
          reason: "is_folder",
        },
      );
    }
    if (!found.isFile()) {
      throw new DomainError("not_found", `No such artifact: '${path}'`, { field: "path" });
    }
    return {
      bytes: Number(found.size),
      modifiedAt: Number(found.mtimeMs),
      etag: [found.ino, found.mtimeNs, found.size].map((number) => number.toString(36)).join("-"),
      async read(range) {
        if (found.size === 0n) return handle.createReadStream();
        const { start, end } = range ?? { start: 0, end: Number(found.size) - 1 };
        // Never past the size that was announced, should somebody append to the file in place.
        return handle.createReadStream({ start, end, highWaterMark: 256 * 1024 });
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
