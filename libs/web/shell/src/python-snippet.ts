/** The shortest script that shows up on the home page. */
export function pythonSnippet(origin: string): string {
  return [
    "import mlflow",
    `mlflow.set_tracking_uri("${origin}")`,
    'with mlflow.start_run(): mlflow.log_metric("loss", 0.42)',
  ].join("\n");
}
