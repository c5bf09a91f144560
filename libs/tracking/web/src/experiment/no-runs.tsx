"use client";

import { CodeSnippet, EmptyState, useOrigin } from "@runweir/web-ui";
import { FilterHelp } from "../runs/filter-help.tsx";

export function NoRuns({
  name,
  filter,
  refused,
  deleted,
}: {
  readonly name: string;
  readonly filter: string;
  /** The filter was not understood. */
  readonly refused: boolean;
  readonly deleted: boolean;
}) {
  const origin = useOrigin();
  if (filter !== "") {
    return (
      <EmptyState title={refused ? "The filter is not understood" : "No run matches the filter"}>
        <FilterHelp />
      </EmptyState>
    );
  }
  if (deleted) {
    return (
      <EmptyState title="No deleted runs">
        <p>Deleted runs stay here until somebody restores them.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No runs yet">
      <p>A run logged like this appears here by itself:</p>
      <CodeSnippet
        label="Python"
        code={[
          "import mlflow",
          `mlflow.set_tracking_uri("${origin}")`,
          `mlflow.set_experiment(${JSON.stringify(name)})`,
          'with mlflow.start_run(): mlflow.log_metric("loss", 0.42)',
        ].join("\n")}
      />
    </EmptyState>
  );
}
