import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";

const require = createRequire(import.meta.url);

/** The Compose specification's own schema (Apache-2.0), in the copy that comes with the linter dclint. */
const schemaFile = join(dirname(require.resolve("dclint/package.json")), "schemas/compose.schema.json");

/** What the schema refuses, one line each. */
export function validateCompose(file: unknown): readonly string[] {
  // It names its draft by an address that Ajv does not know; draft 7 is what Ajv speaks anyway.
  const { $schema: _, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8")) as Record<string, unknown>;
  // Compose's formats (durations, ports) are names for people; where the schema has patterns, those are checked.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  if (validate(file)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
