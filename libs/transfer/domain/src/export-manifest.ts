import { DomainError } from "@runweir/errors";
import { z } from "zod";
import { exportTables } from "./export-tables.ts";

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const file = z.object({
  table: z.enum(exportTables.map((table) => table.name) as [string, ...string[]]),
  /** Relative to the folder. */
  path: z.string().regex(/^[a-z_]+\/\d{5}\.parquet$/),
  rows: count,
  bytes: count,
  sha256,
});

const manifest = z.object({
  format: z.literal(1),
  schemaVersion: count,
  workspace: z.string(),
  /** The snapshot it was written from: everything is as it was at that moment. */
  snapshot: z.number().int().positive(),
  asOf: z.string(),
  createdAt: z.string(),
  experiments: z.union([z.literal("all"), z.array(count)]),
  encoding: z.enum(["v1", "v2"]),
  rows: z.record(z.string(), count),
  artifacts: z.object({
    included: z.boolean(),
    files: count,
    bytes: count,
    /** Owners whose files could not be read, and why. */
    left: z.array(z.object({ owner: z.string(), reason: z.string() })),
  }),
  files: z.array(file),
});

export type ExportFile = z.infer<typeof file>;
export type ExportManifest = z.infer<typeof manifest>;
export type Encoding = ExportManifest["encoding"];

export const manifestName = "manifest.json";

export function printExportManifest(value: ExportManifest): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}

/** Rejects with `failed_precondition` (reason `export_damaged`) what is not a manifest of ours. */
export function parseExportManifest(text: string): ExportManifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damagedExport(`${manifestName} is not JSON`, cause);
  }
  const result = manifest.safeParse(parsed);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw damagedExport(`${manifestName}: ${issue?.path.join(".")}: ${issue?.message}`, result.error);
  }
  const { data } = result;
  for (const { name } of exportTables) {
    const rows = data.files.filter((one) => one.table === name).reduce((sum, one) => sum + one.rows, 0);
    if (rows !== (data.rows[name] ?? -1))
      throw damagedExport(
        `${manifestName}: its files of ${name} have ${rows} rows, its count says ${data.rows[name]}`,
      );
  }
  return data;
}

export function damagedExport(what: string, cause?: unknown): DomainError {
  return new DomainError("failed_precondition", `The export is damaged: ${what}. Nothing of it was taken.`, {
    reason: "export_damaged",
    cause,
  });
}
