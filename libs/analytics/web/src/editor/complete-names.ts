import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { formatCount } from "@runweir/web-ui";
import { askSql } from "../run/ask-sql.ts";
import { findNamePlace, type NameKind } from "./name-place.ts";

const tableOf: Readonly<Record<NameKind, string>> = {
  metric: "metric_summary",
  param: "params",
  tag: "tags",
};
const shown = 50;

/** Names of metrics, params and tags that there are, the most used first; looked up in the snapshot as one types. */
export async function completeNames(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(Math.max(0, context.pos - 1_000), context.pos);
  const place = findNamePlace(before, context.state.doc.toString());
  if (!place) return null;
  const abort = new AbortController();
  context.addEventListener("abort", () => abort.abort());
  const options = await findNames(place.kind, place.typed, abort.signal).catch(() => []);
  // What was found for a part of a name need not be all there is for a longer one.
  return { from: context.pos - place.typed.length, options, filter: false };
}

async function findNames(kind: NameKind, typed: string, signal: AbortSignal): Promise<readonly Completion[]> {
  const { table } = await askSql(
    {
      sql: `SELECT key, count(DISTINCT run_no)::INTEGER AS runs FROM ${tableOf[kind]}
            WHERE contains(lower(key), lower($typed)) GROUP BY key ORDER BY starts_with(lower(key), lower($typed)) DESC, runs DESC, key LIMIT ${shown}`,
      params: { typed },
      snapshot: "newest",
      history: false,
    },
    signal,
  );
  const [key, runs] = table.columns;
  return Array.from({ length: table.rows }, (_, row) => {
    const name = String(key?.value(row));
    return {
      label: name,
      detail: `${formatCount(Number(runs?.value(row)))} runs`,
      apply: name.replaceAll("'", "''"),
    };
  });
}
