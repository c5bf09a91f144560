import type { Readable } from "node:stream";
import type { Caller } from "@runweir/identity-domain";
import type { ArtifactPath } from "./artifact-path.ts";
import type { IncomingPart, OpenArtifact, UploadPart } from "./artifact-store.ts";

/**
 * Whose files: a run's, a logged model's, those at a location (of a model version; it may be a `runs:` one), or the whole
 * tree that `mlflow-artifacts:` locations lie in.
 */
export type ArtifactOwner =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "model"; readonly modelId: string }
  | { readonly kind: "location"; readonly uri: string }
  | { readonly kind: "tree" };

export type ArtifactEntry = {
  /** From the owner's root. */
  readonly path: string;
  readonly name: string;
} & (
  | { readonly kind: "folder" }
  | {
      readonly kind: "file";
      readonly bytes: number;
      /** Milliseconds since 1970. */
      readonly modifiedAt: number;
    }
);

export interface ArtifactListing {
  /** The owner's artifact location, as its clients know it. */
  readonly rootUri: string;
  readonly entries: readonly ArtifactEntry[];
  readonly nextPageToken?: string | undefined;
}

/**
 * The artifacts service: the one thing that every door sees. Paths are taken as clients sent them (decoded once by the
 * transport) and checked here; an owner's location is trusted only as far as the location rules go. Every method rejects
 * with a DomainError.
 */
export interface Artifacts {
  list(
    caller: Caller,
    owner: ArtifactOwner,
    path: string,
    page?: { readonly limit?: number | undefined; readonly pageToken?: string | undefined },
  ): Promise<ArtifactListing>;
  /** The name is the last part of the path, for headers. */
  open(
    caller: Caller,
    owner: ArtifactOwner,
    path: string,
  ): Promise<{ readonly path: ArtifactPath; readonly name: string; readonly file: OpenArtifact }>;
  put(caller: Caller, owner: ArtifactOwner, path: string, body: Readable): Promise<void>;
  /** A file or a whole folder, never the owner's root. */
  delete(caller: Caller, owner: ArtifactOwner, path: string): Promise<void>;

  startUpload(caller: Caller, owner: ArtifactOwner, path: string): Promise<string>;
  putPart(
    caller: Caller,
    owner: ArtifactOwner,
    path: string,
    part: IncomingPart & { readonly uploadId: string },
  ): Promise<string>;
  completeUpload(
    caller: Caller,
    owner: ArtifactOwner,
    path: string,
    upload: { readonly uploadId: string; readonly parts: readonly UploadPart[] },
  ): Promise<void>;
  abortUpload(caller: Caller, owner: ArtifactOwner, path: string, uploadId: string): Promise<void>;
}
