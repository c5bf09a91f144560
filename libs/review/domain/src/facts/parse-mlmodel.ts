import { parse } from "yaml";
import { z } from "zod";
import { parseSignature, type Signature } from "./signature.ts";

export interface MlmodelFile {
  readonly signature: Signature | undefined;
  readonly flavors: readonly string[];
  readonly python: string | undefined;
  readonly mlflowVersion: string | undefined;
}

const fileSchema = z.object({
  flavors: z.record(z.string(), z.looseObject({ python_version: z.string().optional() })).optional(),
  signature: z.unknown().optional(),
  mlflow_version: z.string().optional(),
});

/** The file that MLflow writes beside every model. Undefined when it is none. */
export function parseMlmodel(text: string): MlmodelFile | undefined {
  const parsed = fileSchema.safeParse(parseYaml(text));
  if (!parsed.success) return undefined;
  const { flavors = {}, signature, mlflow_version } = parsed.data;
  return {
    signature: signature === undefined ? undefined : parseSignature(signature),
    flavors: Object.keys(flavors).toSorted(),
    python: flavors.python_function?.python_version,
    mlflowVersion: mlflow_version,
  };
}

function parseYaml(text: string): unknown {
  try {
    // Aliases that multiply themselves are not followed far.
    // Its warnings would print what somebody uploaded.
    return parse(text, { maxAliasCount: 100, logLevel: "error" });
  } catch {
    return undefined;
  }
}
