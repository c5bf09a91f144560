import { DomainError } from "@runweir/errors";
import { z } from "zod";

const count = z.number().int().nonnegative();

const file = z.object({
  table: z.string().min(1),
  /** Relative to the workspace's folder. */
  path: z.string().regex(/^data\/[a-z_]+\/[a-z0-9-]+\.parquet$/),
  rows: count,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Which bucket of numbers it holds; files of points hold no bucket. */
  bucket: count.optional(),
  /** Least and greatest number of the entities inside (runs, models, ...). */
  numbers: z.tuple([count, count]),
  /** Least and greatest experiment inside, in files of points. */
  experiments: z.tuple([count, count]).optional(),
});

const manifest = z.object({
  format: z.literal(1),
  schemaVersion: count,
  workspace: z.string(),
  seq: z.number().int().positive(),
  previousSeq: count,
  createdAt: z.string(),
  /** Up to which segment of each shard points are inside. */
  position: z.array(count),
  /** Deleted runs whose points are still in files. */
  hidden: z.array(count),
  files: z.array(file),
});

export type SnapshotFile = z.infer<typeof file>;
export type Manifest = z.infer<typeof manifest>;

export function printManifest(value: Manifest): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}

/** Reads a manifest, or throws `failed_precondition` (reason `snapshot_damaged`) that names it. */
export function parseManifest(text: string, path: string): Manifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(`Manifest ${path} is not JSON`, cause);
  }
  const result = manifest.safeParse(parsed);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(
    `Manifest ${path} is not one of ours (${issue?.path.join(".")}: ${issue?.message})`,
    result.error,
  );
}

/** Something of a snapshot that is not as it was written. The next snapshot replaces it from the database. */
export function damaged(what: string, cause?: unknown): DomainError {
  return new DomainError("failed_precondition", `${what}. The next snapshot writes it anew.`, {
    reason: "snapshot_damaged",
    cause,
  });
}
