export { createS3ArtifactStore } from "./s3-artifact-store.ts";
export { createS3Client, type S3Settings } from "./s3-client.ts";
