"use client";

import { CodeSnippet, EmptyState } from "@runweir/web-ui";

/** Neither version's run says what it was made of, so there is nothing to compare. */
export function NoData() {
  return (
    <EmptyState title="No data to compare">
      <p>
        Neither the candidate&apos;s run nor the base&apos;s has logged a dataset. What a run logs before its
        model is compared here: rows, columns, and how far each column has moved where the profile tells.
      </p>
      <CodeSnippet label="Python" code={snippet} />
    </EmptyState>
  );
}

const snippet = `import mlflow

data = mlflow.data.from_pandas(frame, name="transactions")
with mlflow.start_run():
    mlflow.log_input(data, context="training")
    mlflow.sklearn.log_model(model, name="model", registered_model_name="fraud")`;
