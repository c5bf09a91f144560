"use client";

import { SegmentedControl } from "@runweir/web-ui";
import { useMemo, useState } from "react";
import type { ArtifactOwner } from "./artifact-owner.ts";
import { DataTable } from "./data-table.tsx";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { readJsonTable } from "./read-json-table.ts";
import { Code, CutNote } from "./text-view.tsx";
import { useText } from "./use-text.ts";

/** JSON is only JSON as a whole; larger files are shown as text. */
const jsonMax = 8 * 1_024 * 1_024;

export function JsonView({
  url,
  name,
  owner,
}: {
  readonly url: string;
  readonly name: string;
  readonly owner: ArtifactOwner;
}) {
  const [raw, setRaw] = useState(false);
  const file = useText(url, { bytesMax: jsonMax });
  const read = useMemo(() => readJson(file.data?.text), [file.data]);
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <FileSkeleton />;
  const table = read && readJsonTable(read.value);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {table && (
        <div className="px-4 py-2">
          <SegmentedControl
            label="Show as"
            value={raw ? "raw" : "table"}
            onValueChange={(mode) => setRaw(mode === "raw")}
            options={[
              { value: "table", label: "Table" },
              { value: "raw", label: "JSON" },
            ]}
          />
        </div>
      )}
      {table && !raw ? (
        <DataTable table={table} owner={owner} />
      ) : (
        <>
          <Code name={name} text={read ? JSON.stringify(read.value, null, 2) : file.data.text} />
          <CutNote file={file.data} onWhole={undefined} />
        </>
      )}
    </div>
  );
}

function readJson(text: string | undefined): { readonly value: unknown } | undefined {
  try {
    return text === undefined ? undefined : { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
