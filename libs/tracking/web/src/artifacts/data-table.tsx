"use client";

import { formatCount, TableScroll } from "@runweir/web-ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { type ArtifactOwner, fileUrl } from "./artifact-owner.ts";
import type { TableData } from "./read-json-table.ts";

const rowHeight = 28;
const imageRowHeight = 72;
const columnsMax = 300;
const head = "sticky top-0 z-10 h-8 border-b border-line bg-surface px-2.5 text-left font-medium text-ink-2";
const cell = "max-w-90 truncate border-b border-line px-2.5 whitespace-nowrap";

/** A table out of a file: any number of rows, of which only those on the screen are drawn. */
export function DataTable({
  table,
  owner,
  firstRow = 0,
}: {
  readonly table: TableData;
  /** Whose pictures cells may point to. */
  readonly owner?: ArtifactOwner;
  /** The number of the first row, counted from zero. */
  readonly firstRow?: number;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const height = table.rows[0]?.some((value) => imagePath(value) !== undefined) ? imageRowHeight : rowHeight;
  const rows = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 20,
  });
  const visible = rows.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = rows.getTotalSize() - (visible.at(-1)?.end ?? 0);
  // Files may name two columns alike; their place tells them apart.
  const columns = table.columns.slice(0, columnsMax).map((name, place) => ({ name, place }));
  return (
    <TableScroll ref={scroll} className="min-h-0 flex-1">
      <table aria-rowcount={table.rows.length + 1} className="border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th aria-label="Row" className={head} />
            {columns.map(({ name, place }) => (
              <th
                key={place}
                scope="col"
                title={name}
                className={`${head} max-w-90 truncate whitespace-nowrap`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {visible.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height }} className="hover:bg-hover">
              <th scope="row" className="num border-b border-line px-2.5 text-right font-normal text-ink-3">
                {formatCount(firstRow + index + 1)}
              </th>
              {columns.map(({ place }) => (
                <CellOf key={place} value={table.rows[index]?.[place]} owner={owner} />
              ))}
            </tr>
          ))}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
      {table.columns.length > columns.length && (
        <p className="px-2.5 py-1.5 text-sm text-ink-3">
          The first {columnsMax} of {formatCount(table.columns.length)} columns are shown.
        </p>
      )}
    </TableScroll>
  );
}

function CellOf({ value, owner }: { readonly value: unknown; readonly owner: ArtifactOwner | undefined }) {
  const path = imagePath(value);
  if (path !== undefined && owner !== undefined) {
    return (
      <td className={cell}>
        {/* biome-ignore lint/performance/noImgElement: an artifact, streamed as it is; there is no image server */}
        <img src={fileUrl(owner, path)} alt={path} loading="lazy" className="h-16 rounded-sm" />
      </td>
    );
  }
  const text = cellText(value);
  const number = typeof value === "number" || typeof value === "bigint";
  return (
    <td title={text} className={`${cell} ${number ? "num text-right" : ""}`}>
      {value === null || value === undefined ? <span className="text-ink-3">–</span> : text}
    </td>
  );
}

/** `mlflow.log_table` writes pictures as an object that names the file. */
function imagePath(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Reflect.get(value, "type") !== "image") return undefined;
  const path: unknown = Reflect.get(value, "compressed_filepath") ?? Reflect.get(value, "filepath");
  return typeof path === "string" ? path : undefined;
}

function cellText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null)
    return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));
  return String(value);
}
