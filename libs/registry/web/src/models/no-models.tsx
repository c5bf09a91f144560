"use client";

import { CodeSnippet, EmptyState } from "@runweir/web-ui";

export function NoModels({ narrowed }: { readonly narrowed: boolean }) {
  if (narrowed)
    return (
      <EmptyState title="No model matches">
        <p>
          Words are looked for in names. A filter compares <code>name</code> and <code>tags.key</code> with
          texts in quotes:
        </p>
        <CodeSnippet code={"name LIKE 'fraud%' and tags.team = 'risk'"} />
      </EmptyState>
    );
  return (
    <EmptyState title="No models yet">
      <p>A registered model holds versions of what runs have logged. This logs one and registers it:</p>
      <CodeSnippet label="Python" code={snippet} />
    </EmptyState>
  );
}

const snippet = `import mlflow

class Double(mlflow.pyfunc.PythonModel):
    def predict(self, model_input: list[float]) -> list[float]:
        return [2 * x for x in model_input]

mlflow.pyfunc.log_model(name="model", python_model=Double(), registered_model_name="double")`;
