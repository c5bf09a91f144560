"use client";

import type { ModelSummary } from "@runweir/registry-trpc";
import {
  classNames,
  HeadCell,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableScroll,
  useListKeys,
} from "@runweir/web-ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { ModelRow } from "./model-row.tsx";

const rowHeight = 32;
/** As many as a telephone shows: more would make columns of their own there, and leave the names no room. */
const skeletonColumns = 3;

/** Models as rows of 32 px; of a hundred thousand only those on the screen are in the page. */
export function ModelsTable({
  models,
  more,
  stale,
  onMore,
}: {
  /** undefined: still loading. */
  readonly models: readonly ModelSummary[] | undefined;
  /** There are models behind the last one. */
  readonly more: boolean;
  readonly stale: boolean;
  readonly onMore: () => void;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const loaded = models?.length ?? 0;
  const rows = useVirtualizer({
    count: loaded,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: rowHeight,
    overscan: 12,
  });
  useListKeys({
    ref: scroll,
    count: loaded,
    noun: "model",
    reveal: (index) => rows.scrollToIndex(index),
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && loaded > 0 && last >= loaded - 1) onMore();
  });
  const before = visible[0]?.start ?? 0;
  const after = rows.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    <TableScroll
      ref={scroll}
      className={classNames(
        "flex-1 border-t border-line bg-surface transition-opacity",
        stale && "opacity-60",
      )}
    >
      <Table aria-label="Models" aria-busy={models === undefined} className="table-fixed">
        <TableHead>
          <tr>
            <HeadCell className="pl-4">Name</HeadCell>
            <HeadCell className="w-24 max-sm:w-19" numeric>
              Versions
            </HeadCell>
            <HeadCell className="w-88 max-lg:w-60 max-sm:w-38">Aliases and stages</HeadCell>
            <HeadCell className="max-xl:hidden">Description</HeadCell>
            <HeadCell className="max-md:hidden">Tags</HeadCell>
            <HeadCell className="w-56 max-lg:hidden">Loaded by</HeadCell>
            <HeadCell className="w-28 max-xl:hidden">Owner</HeadCell>
            <HeadCell className="w-28 max-sm:hidden">Last change</HeadCell>
          </tr>
        </TableHead>
        <TableBody>
          {models === undefined ? (
            <SkeletonRows rows={12} columns={skeletonColumns} />
          ) : (
            <>
              {before > 0 && <tr aria-hidden style={{ height: before }} />}
              {visible.map(({ index }) => {
                const model = models[index];
                return model && <ModelRow key={model.name} model={model} index={index} />;
              })}
              {after > 0 && <tr aria-hidden style={{ height: after }} />}
              {more && <SkeletonRows rows={1} columns={skeletonColumns} />}
            </>
          )}
        </TableBody>
      </Table>
    </TableScroll>
  );
}
