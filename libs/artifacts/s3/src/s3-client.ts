import { S3Client } from "@aws-sdk/client-s3";

export interface S3Settings {
  /** Of a store that is not Amazon's; buckets are then part of the path. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Without them the SDK looks where it always does: environment, shared files, the machine's role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** The SDK would tell the console what it also throws. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

export function createS3Client(settings: S3Settings = {}): S3Client {
  return new S3Client({
    logger: silent,
    region: settings.region ?? "us-east-1",
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint, forcePathStyle: true }),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    // Stores that speak S3 without being Amazon's refuse the checksums the SDK would add by itself.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}
