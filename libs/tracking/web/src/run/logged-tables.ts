import type { Tag } from "@runweir/tracking-trpc";
import { tagValue } from "../mlflow-tags.ts";

/** Paths of the tables that `mlflow.log_table` wrote, as the client lists them in a tag of the run. */
export function loggedTables(tags: readonly Tag[]): readonly string[] {
  const listed = parseJson(tagValue(tags, "mlflow.loggedArtifacts"));
  if (!Array.isArray(listed)) return [];
  const paths = listed.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const path: unknown = Reflect.get(entry, "path");
    return Reflect.get(entry, "type") === "table" && typeof path === "string" ? [path] : [];
  });
  return [...new Set(paths)];
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
