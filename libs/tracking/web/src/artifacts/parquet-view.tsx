"use client";

import { Badge, Button, formatCount } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { asyncBufferFromUrl, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { useState } from "react";
import { DataTable } from "./data-table.tsx";
import { FileError } from "./file-error.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";

const pageSize = 1_000;

/** Rows of a Parquet file, a thousand at a time; only the parts of the file that hold them are fetched. */
export function ParquetView({ url, bytes }: { readonly url: string; readonly bytes: number | undefined }) {
  const [page, setPage] = useState(0);
  const file = useQuery({
    queryKey: ["artifact parquet", url],
    queryFn: async () => {
      const buffer = await asyncBufferFromUrl({ url, ...(bytes === undefined ? {} : { byteLength: bytes }) });
      return { buffer, metadata: await parquetMetadataAsync(buffer) };
    },
    // The buffer holds functions, which cannot be compared.
    structuralSharing: false,
  });
  const data = file.data;
  const total = data ? Number(data.metadata.num_rows) : 0;
  const rows = useQuery({
    queryKey: ["artifact parquet", url, "rows", page],
    queryFn: () =>
      data === undefined
        ? []
        : parquetReadObjects({
            file: data.buffer,
            metadata: data.metadata,
            compressors,
            rowStart: page * pageSize,
            rowEnd: Math.min((page + 1) * pageSize, total),
          }),
    enabled: data !== undefined,
    structuralSharing: false,
  });
  const failed = file.error ?? rows.error;
  if (failed !== null) return <FileError error={failed} onRetry={() => void file.refetch()} />;
  if (data === undefined || rows.data === undefined) return <FileSkeleton />;
  const columns = columnsOf(data.metadata);
  const pages = Math.ceil(total / pageSize);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-2 px-4 py-2 text-sm text-ink-2">
        <Badge>{formatCount(total)} rows</Badge>
        <Badge>{formatCount(columns.length)} columns</Badge>
        {pages > 1 && (
          <span className="ml-auto flex items-center gap-2">
            <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
              Previous
            </Button>
            <span className="num">
              {formatCount(page * pageSize + 1)}–{formatCount(Math.min((page + 1) * pageSize, total))}
            </span>
            <Button disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
              Next
            </Button>
          </span>
        )}
      </div>
      <DataTable
        table={{ columns, rows: rows.data.map((row) => columns.map((column) => row[column])) }}
        firstRow={page * pageSize}
      />
    </div>
  );
}

/** Columns at the top level; what is nested is shown as a whole. */
function columnsOf(metadata: FileMetaData): readonly string[] {
  const [root, ...elements] = metadata.schema;
  const columns: string[] = [];
  let at = 0;
  const skip = (): void => {
    const element = elements[at];
    at += 1;
    for (let child = 0; child < (element?.num_children ?? 0); child += 1) skip();
  };
  for (let column = 0; column < (root?.num_children ?? 0); column += 1) {
    const name = elements[at]?.name;
    if (name !== undefined) columns.push(name);
    skip();
  }
  return columns;
}
