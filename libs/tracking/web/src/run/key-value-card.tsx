"use client";

import type { Tag } from "@runweir/tracking-trpc";
import { Card, CardHeader, CopyButton, formatCount, SearchInput, Skeleton } from "@runweir/web-ui";
import { useState } from "react";
import { compareNames } from "../compare-names.ts";
import { ShowNext } from "../show-next.tsx";

const rowsAtFirst = 60;
const rowsMore = 1_000;

/** Names and texts: params, tags. Long values are cut; hover shows and the button copies all of them. */
export function KeyValueCard({
  title,
  entries,
  empty,
}: {
  readonly title: string;
  /** undefined: still loading. */
  readonly entries: readonly Tag[] | undefined;
  readonly empty: string;
}) {
  const [text, setText] = useState("");
  const [rows, setRows] = useState(rowsAtFirst);
  const wanted = text.trim().toLowerCase();
  const found = entries
    ?.filter(({ key, value }) => key.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
    .toSorted((a, b) => compareNames(a.key, b.key));
  const shown = found?.slice(0, rows);
  return (
    <Card aria-label={title}>
      <CardHeader title={title} count={entries && formatCount(entries.length)}>
        {(entries?.length ?? 0) > 10 && (
          <SearchInput
            label={`Filter ${title.toLowerCase()}`}
            placeholder="Filter"
            value={text}
            onValueChange={setText}
            className="w-32"
          />
        )}
      </CardHeader>
      {shown === undefined ? (
        <div className="flex flex-col gap-3 px-3 pb-3">
          <Skeleton className="w-48" />
          <Skeleton className="w-36" />
        </div>
      ) : entries?.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">{empty}</p>
      ) : (
        <dl className="pb-1.5">
          {shown.map(({ key, value }) => (
            <div
              key={key}
              className="group grid min-h-7 grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-2 border-t border-line pr-1 pl-3 text-sm hover:bg-hover"
            >
              <dt className="num truncate text-ink-2" title={key}>
                {key}
              </dt>
              <dd className="num truncate" title={value}>
                {value === "" ? <span className="text-ink-3">empty</span> : value}
              </dd>
              <CopyButton
                text={value}
                label={`Copy ${key}`}
                className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
              />
            </div>
          ))}
        </dl>
      )}
      <ShowNext
        className="m-2"
        left={(found?.length ?? 0) - rows}
        step={rowsMore}
        onNext={() => setRows(rows + rowsMore)}
      />
    </Card>
  );
}
