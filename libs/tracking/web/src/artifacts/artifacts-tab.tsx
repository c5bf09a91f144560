"use client";

import { CodeSnippet, EmptyState } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useState } from "react";
import type { ArtifactOwner } from "./artifact-owner.ts";
import { ArtifactTree } from "./artifact-tree.tsx";
import { FileViewer } from "./file-viewer.tsx";
import { useFolder } from "./use-folder.ts";

/** The files of a run or a model, or of a folder there: a tree, and beside it the open file, which the address names. */
export function ArtifactsTab({
  owner,
  live,
  root: folder = "",
}: {
  readonly owner: ArtifactOwner;
  readonly live: boolean;
  readonly root?: string;
}) {
  const address = useAddress();
  const path = address.get("path");
  const [bytes, setBytes] = useState<{ readonly path: string; readonly bytes: number | undefined }>();
  const root = useFolder(owner, folder, { live });
  if (root.data?.entries.length === 0) return <NoArtifacts owner={owner} />;
  return (
    <div className="grid h-full min-h-0 grid-rows-[minmax(120px,34%)_minmax(0,1fr)] md:grid-cols-[minmax(200px,300px)_minmax(0,1fr)] md:grid-rows-1">
      <div className="min-h-0 overflow-y-auto border-line bg-surface max-md:border-b md:border-r">
        <ArtifactTree
          owner={owner}
          live={live}
          root={folder}
          selected={path}
          onSelect={(entry) => {
            setBytes({ path: entry.path, bytes: entry.bytes });
            address.set({ path: entry.path }, path === undefined ? "push" : "replace");
          }}
        />
      </div>
      <div className="min-h-0 min-w-0 bg-surface">
        {path === undefined ? (
          <p className="p-4 text-ink-3">Choose a file to see it here.</p>
        ) : (
          <FileViewer
            key={path}
            owner={owner}
            path={path}
            bytes={bytes?.path === path ? bytes.bytes : undefined}
          />
        )}
      </div>
    </div>
  );
}

function NoArtifacts({ owner }: { readonly owner: ArtifactOwner }) {
  return (
    <EmptyState title="No files yet">
      <p>Files that a client logs appear here: pictures, tables, reports, models.</p>
      {owner.kind === "run" && (
        <CodeSnippet
          label="Python"
          code={`with mlflow.start_run(run_id="${owner.runId}"):\n    mlflow.log_artifact("report.html")`}
        />
      )}
    </EmptyState>
  );
}
