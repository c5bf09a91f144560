"use client";

import type { DatasetInput } from "@runweir/tracking-trpc";
import { Badge, Button, Card, CardHeader, CodeSnippet, Popover } from "@runweir/web-ui";
import { MadeOfDataset } from "./made-of-dataset.tsx";

/** What a run read, and what else became of it. */
export function DatasetsCard({
  experimentId,
  inputs,
}: {
  readonly experimentId: string;
  readonly inputs: readonly DatasetInput[];
}) {
  if (inputs.length === 0) return null;
  return (
    <Card aria-label="Datasets">
      <CardHeader title="Datasets" count={inputs.length} />
      <ul className="pb-1.5">
        {inputs.map(({ dataset, tags }) => (
          <li
            key={`${dataset.name} ${dataset.digest}`}
            className="flex min-h-8 items-center gap-2 border-t border-line px-3 text-sm"
          >
            <span className="min-w-0 truncate font-medium" title={dataset.name}>
              {dataset.name}
            </span>
            <span className="num text-ink-3">{dataset.digest}</span>
            {tags
              .filter(({ key }) => key === "mlflow.data.context")
              .map(({ value }) => (
                <Badge key={value}>{value}</Badge>
              ))}
            <Popover
              label={`Dataset ${dataset.name}`}
              className="w-100"
              trigger={
                <Button variant="ghost" className="ml-auto">
                  Details
                </Button>
              }
            >
              <div className="flex flex-col gap-2">
                <MadeOfDataset experimentId={experimentId} digest={dataset.digest} />
                <CodeSnippet label={`Source (${dataset.sourceType})`} code={pretty(dataset.source)} />
                {dataset.schema !== undefined && <CodeSnippet label="Schema" code={pretty(dataset.schema)} />}
                {dataset.profile !== undefined && (
                  <CodeSnippet label="Profile" code={pretty(dataset.profile)} />
                )}
              </div>
            </Popover>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** JSON on several lines; anything else as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
