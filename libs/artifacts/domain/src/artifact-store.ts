import type { Readable } from "node:stream";
import type { ArtifactPath } from "./artifact-path.ts";

export interface ArtifactFile {
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Changes whenever the content does; without quotes. */
  readonly etag: string;
}

/** Both ends counted from 0 and included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One state of a file: what is read belongs together even when the file is replaced meanwhile. */
export interface OpenArtifact extends ArtifactFile {
  /** May be called once; ending or destroying the stream closes the file. The range must lie within the file. */
  read(range?: ByteRange): Promise<Readable>;
  /** For those who opened and then did not read. */
  close(): Promise<void>;
}

export type StoredEntry =
  | { readonly kind: "folder"; readonly name: string }
  | { readonly kind: "file"; readonly name: string; readonly bytes: number; readonly modifiedAt: number };

export interface UploadPart {
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** What `putPart` answered; quotes around it are ignored. */
  readonly etag: string;
}

export interface IncomingPart {
  readonly partNumber: number;
  readonly body: Readable;
  /** When the sender announced it; some stores have to hold a part whole whose length they do not know. */
  readonly bytes?: number | undefined;
}

export const partsMax = 10_000;

/**
 * Where the bytes of artifacts lie. Paths are already checked; a store only has to keep them within its own root.
 *
 * A file is seen whole or not at all: one whose writing failed, or goes on, is in no listing and cannot be opened, and a file
 * that is replaced keeps its old content until then. Every method rejects with a DomainError: `not_found`,
 * `invalid_argument` (a folder where a file is needed and the like), `storage_full`, `unavailable`. A failed `put` or
 * `putPart` leaves the source undestroyed, since an answer may still have to travel beside it.
 */
export interface ArtifactStore {
  put(path: ArtifactPath, body: Readable): Promise<void>;
  open(path: ArtifactPath): Promise<OpenArtifact>;
  stat(path: ArtifactPath): Promise<"file" | "folder" | "nothing">;
  /** One folder, each page ordered by name; what is missing or is a file has no entries. `limit` counts entries. */
  list(
    folder: ArtifactPath,
    page: { readonly limit: number; readonly pageToken?: string | undefined },
  ): Promise<{ readonly entries: readonly StoredEntry[]; readonly nextPageToken?: string | undefined }>;
  /** A file, or a folder with everything below it; what is not there is as good as deleted. Never the root. */
  delete(path: ArtifactPath): Promise<void>;

  /** Begins a file that arrives in parts, in any order and at the same time; answers the upload's unguessable id. */
  startUpload(path: ArtifactPath): Promise<string>;
  /** Sending a part again replaces it. Answers the part's etag. */
  putPart(path: ArtifactPath, uploadId: string, part: IncomingPart): Promise<string>;
  /** The file is the given parts in the order of their numbers. */
  completeUpload(path: ArtifactPath, uploadId: string, parts: readonly UploadPart[]): Promise<void>;
  abortUpload(path: ArtifactPath, uploadId: string): Promise<void>;
}
