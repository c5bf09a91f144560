"use client";

import Papa from "papaparse";
import { useMemo } from "react";
import { DataTable } from "./data-table.tsx";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import type { TableData } from "./read-json-table.ts";
import { CutNote } from "./text-view.tsx";
import { useText } from "./use-text.ts";

const csvMax = 8 * 1_024 * 1_024;

export function CsvView({ url, name }: { readonly url: string; readonly name: string }) {
  const file = useText(url, { bytesMax: csvMax });
  const table = useMemo(
    () => file.data && readCsv(file.data.text, file.data.cut, name.endsWith(".tsv") ? "\t" : ""),
    [file.data, name],
  );
  if (file.isError) return <FileError error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined || table === undefined) return <FileSkeleton />;
  if (table.columns.length === 0) return <p className="p-4 text-ink-3">The file is empty.</p>;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <DataTable table={table} />
      <CutNote file={file.data} onWhole={undefined} />
    </div>
  );
}

/** The first line names the columns. Of a text that was cut the last line is left out, since it may be half. */
function readCsv(text: string, cut: boolean, delimiter: string): TableData {
  const { data } = Papa.parse<readonly string[]>(text, { delimiter, skipEmptyLines: true });
  const lines = cut ? data.slice(0, -1) : data;
  return { columns: lines[0] ?? [], rows: lines.slice(1) };
}
