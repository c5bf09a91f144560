export interface ModelInHistory {
  readonly path: string;
  readonly flavors: readonly string[];
}

/** Models that MLflow 2 clients list in tag `mlflow.log-model.history`; the last entry of a path counts. */
export function modelsInHistory(text: string | undefined): readonly ModelInHistory[] {
  let listed: unknown;
  try {
    listed = JSON.parse(text ?? "");
  } catch {
    return [];
  }
  if (!Array.isArray(listed)) return [];
  const byPath = new Map<string, ModelInHistory>();
  for (const entry of listed as readonly unknown[]) {
    if (typeof entry !== "object" || entry === null) continue;
    const path: unknown = Reflect.get(entry, "artifact_path");
    const flavors: unknown = Reflect.get(entry, "flavors");
    // Newer clients write both the tag and a logged model of its own, which has an id as its path.
    if (typeof path !== "string" || "model_id" in entry) continue;
    byPath.set(path, {
      path,
      flavors: Object.keys(typeof flavors === "object" && flavors !== null ? flavors : {}).filter(
        (flavor) => flavor !== "python_function",
      ),
    });
  }
  return [...byPath.values()];
}
