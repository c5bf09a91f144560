"use client";

import { describeError } from "@runweir/web-trpc-client";
import { ErrorState, Switch, useHotkey, useListKeys } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useRef, useState } from "react";
import { RowsSkeleton } from "../request/request-skeleton.tsx";
import type { CheckRun, RequestDiff, RequestView } from "../review-api.ts";
import { moveWords } from "../target-words.ts";
import { DiffCard } from "./diff-card.tsx";
import { MetricsCard } from "./metrics-card.tsx";
import { NoData } from "./no-data.tsx";
import { RowTalk } from "./row-talk.tsx";
import { useDiff } from "./use-diff.ts";

const sections = [
  ["params", "Params"],
  ["data", "Data"],
  ["environment", "Environment"],
  ["code", "Code"],
  ["artifacts", "Artifacts"],
  ["card", "Card"],
] as const;

/** What is different, row by row, each with its threads; `only` leaves one section. */
export function ChangesTab({
  view,
  onChanged,
  only,
}: {
  readonly view: RequestView;
  readonly onChanged: () => Promise<unknown>;
  readonly only?: "data";
}) {
  const address = useAddress();
  const { requestId } = view.request;
  const query = useDiff(view.request);
  const all = address.get("all") === "1";
  const root = useRef<HTMLDivElement>(null);
  const [writing, setWriting] = useState<string>();
  const talk = (anchor: string, columns: number) => (
    <RowTalk
      key={`talk ${anchor}`}
      requestId={requestId}
      anchor={anchor}
      columns={columns}
      threads={view.threads.filter((thread) => thread.anchor === anchor)}
      annotations={view.checks.flatMap((check) =>
        check.isCurrent ? check.annotations.filter((one) => one.anchor === anchor && isNews(check, one)) : [],
      )}
      writing={writing === anchor}
      onWriting={(on) => setWriting(on ? anchor : undefined)}
      onChanged={onChanged}
    />
  );
  const keys = useListKeys({ ref: root, count: countRows(query.data ?? [], { all, only }), noun: "row" });
  useHotkey("c", "Comment on the row", () => {
    const row = root.current?.querySelector<HTMLElement>(`[data-row="${keys.focused()}"]`);
    if (row?.dataset.anchor !== undefined) setWriting(row.dataset.anchor);
  });
  if (query.isError && query.data === undefined)
    return (
      <ErrorState problem={describeError(query.error)} onRetry={() => void query.refetch()}>
        <p className="text-ink-2">What was said of the request is under Conversation.</p>
      </ErrorState>
    );
  if (query.data === undefined) return <RowsSkeleton />;
  if (only === "data" && query.data.every(({ diff, document }) => !document && diff.data.length === 0))
    return <NoData />;
  let row = 0;
  const numbered = () => row++;
  const shared = { all, talk, nextRow: numbered, onComment: setWriting };
  return (
    <div ref={root} className="flex flex-col gap-3.5">
      <div className="flex justify-end">
        <Switch
          label="Only differences"
          checked={!all}
          onCheckedChange={(on) => address.set({ all: on ? undefined : "1" }, "replace")}
        />
      </div>
      {query.data.map(({ move, diff, document }, index) => (
        // Moves of a request keep their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section key={index} className="flex flex-col gap-3.5">
          {query.data.length > 1 && move && <h2 className="font-semibold">{moveWords(move)}</h2>}
          {document && <DiffCard title="Policies" rows={document} {...shared} lines />}
          {only === undefined && !document && (
            <>
              <MetricsCard rows={diff.metrics} move={move} {...shared} />
              <DiffCard title="Signature" rows={diff.signature} grade={diff.signatureClass} {...shared} />
            </>
          )}
          {!document &&
            sections
              .filter(([section]) => only === undefined || section === only)
              .map(([section, title]) => (
                <DiffCard
                  key={section}
                  title={title}
                  rows={diff[section]}
                  {...shared}
                  lines={section === "card"}
                />
              ))}
        </section>
      ))}
    </div>
  );
}

/** That a gate of ours holds, or what a row says of itself already, stands under Checks alone. */
function isNews({ source }: CheckRun, { level }: CheckRun["annotations"][number]): boolean {
  return source === "external" || level !== "notice";
}

/** How many rows are drawn, for j and k. */
function countRows(
  diffs: readonly RequestDiff[],
  { all, only }: { readonly all: boolean; readonly only: "data" | undefined },
): number {
  return diffs
    .flatMap(({ diff, document }) => {
      if (document) return document;
      const { metrics, signature, data, params, environment, code, artifacts, card } = diff;
      return only === "data"
        ? data
        : [metrics, signature, params, data, environment, code, artifacts, card].flat();
    })
    .filter(({ change }) => all || change !== "same").length;
}
