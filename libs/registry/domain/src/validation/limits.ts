/** MLflow's limits (mlflow/utils/validation.py, 3.17) or, where it has only a column's width, ours; in characters. */
export const limits = {
  modelName: 256,
  alias: 255,
  tagValue: 100_000,
  description: 100_000,
  source: 4_096,
  runId: 256,
  runLink: 500,
  reason: 10_000,
  stages: 50,
  searchModels: 1_000,
  searchVersions: 200_000,
} as const;
