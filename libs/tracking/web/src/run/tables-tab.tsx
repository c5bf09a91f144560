"use client";

import { Card, CardHeader, EmptyState } from "@runweir/web-ui";
import { type ArtifactOwner, fileUrl, nameOf } from "../artifacts/artifact-owner.ts";
import { JsonView } from "../artifacts/json-view.tsx";
import { ParquetView } from "../artifacts/parquet-view.tsx";

/** Tables that were logged as such, one under the other. */
export function TablesTab({
  runId,
  paths,
}: {
  readonly runId: string;
  /** undefined: still loading. */
  readonly paths: readonly string[] | undefined;
}) {
  const owner: ArtifactOwner = { kind: "run", runId };
  if (paths?.length === 0) {
    return (
      <EmptyState title="No logged tables">
        <p>
          Tables logged with <code>mlflow.log_table</code> appear here.
        </p>
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3.5 px-4 py-3">
      {paths?.map((path) => (
        <Card key={path} aria-label={path}>
          <CardHeader title={path} />
          <div className="flex max-h-[min(60vh,480px)] min-h-24 flex-col">
            {path.endsWith(".parquet") ? (
              <ParquetView url={fileUrl(owner, path)} bytes={undefined} />
            ) : (
              <JsonView url={fileUrl(owner, path)} name={nameOf(path)} owner={owner} />
            )}
          </div>
        </Card>
      ))}
    </div>
  );
}
