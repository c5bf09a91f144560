import type { S3Client } from "@aws-sdk/client-s3";
import type { ArtifactPath } from "@runweir/artifacts-domain";

/** The part of a bucket that is ours. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  keyOf(path: ArtifactPath): string;
  /** What the keys of everything below a folder begin with; empty for the root of a whole bucket. */
  prefixOf(folder: ArtifactPath): string;
}
