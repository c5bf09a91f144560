"use client";

import {
  Badge,
  Card,
  CardHeader,
  Cell,
  classNames,
  formatNumber,
  HeadCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  type Tone,
} from "@runweir/web-ui";
import { Fragment } from "react";
import type { MetricRow, RequestDiff } from "../review-api.ts";
import type { RowsShared } from "./diff-card.tsx";
import { RowLabel } from "./row-label.tsx";

const verdicts: Readonly<Record<MetricRow["verdict"], { readonly tone: Tone; readonly words: string }>> = {
  better: { tone: "ok", words: "better" },
  worse: { tone: "bad", words: "worse" },
  within_noise: { tone: "neutral", words: "within noise" },
  same: { tone: "neutral", words: "same" },
  changed: { tone: "warn", words: "changed" },
  added: { tone: "neutral", words: "new" },
  removed: { tone: "warn", words: "gone" },
};

const arrows = { up: "↑", down: "↓" } as const;
const inks: Readonly<Partial<Record<MetricRow["verdict"], string>>> = {
  better: "text-ok",
  worse: "text-bad",
};

export function MetricsCard({
  rows,
  move,
  all,
  talk,
  nextRow,
  onComment,
}: RowsShared & { readonly rows: readonly MetricRow[]; readonly move: RequestDiff["move"] }) {
  const different = rows.filter(({ change }) => change !== "same");
  const shown = all ? rows : different;
  if (rows.length === 0) return null;
  return (
    <Card aria-label="Metrics">
      <CardHeader title="Metrics" count={`${different.length} of ${rows.length} differ${countRuns(rows)}`} />
      {shown.length > 0 && (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Metric</HeadCell>
                <HeadCell numeric className="max-sm:hidden">
                  {sideWords(move?.from, baseWords(move))}
                </HeadCell>
                <HeadCell numeric>{sideWords(move?.to, "candidate")}</HeadCell>
                <HeadCell numeric className="max-sm:hidden">
                  Change
                </HeadCell>
                <HeadCell className="max-sm:hidden">Verdict</HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {shown.map((row) => (
                <Fragment key={row.anchor}>
                  <TableRow
                    data-row={nextRow()}
                    data-anchor={row.anchor}
                    className={row.verdict === "worse" ? "bg-warn-soft" : "focus-within:bg-hover"}
                  >
                    <Cell className="max-w-60 max-sm:whitespace-normal">
                      <RowLabel anchor={row.anchor} onComment={onComment}>
                        {row.label} {row.direction && arrows[row.direction]}
                      </RowLabel>
                      <span className="block pb-1 sm:hidden">
                        <VerdictBadge row={row} />
                      </span>
                    </Cell>
                    <Cell numeric className="max-sm:hidden">
                      <Sample of={row.base} />
                    </Cell>
                    <Cell numeric>
                      <Sample of={row.candidate} strong />
                      <span className="block text-ink-3 sm:hidden">
                        was <Sample of={row.base} />
                      </span>
                      <span className={classNames("block pb-1 sm:hidden", inks[row.verdict])}>
                        {changeWords(row.delta)}
                      </span>
                    </Cell>
                    <Cell numeric className={classNames("max-sm:hidden", inks[row.verdict])}>
                      {changeWords(row.delta)}
                    </Cell>
                    <Cell className="max-sm:hidden">
                      <VerdictBadge row={row} />
                    </Cell>
                  </TableRow>
                  {talk(row.anchor, 5)}
                </Fragment>
              ))}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}

function VerdictBadge({ row }: { readonly row: MetricRow }) {
  const { tone, words } = verdicts[row.verdict];
  return (
    <Badge tone={tone}>
      {words}
      {typeof row.p === "number" && `, ${chanceWords(row.p)}`}
    </Badge>
  );
}

/** How likely such a difference is by chance. */
function chanceWords(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p ${formatNumber(p, 2)}`;
}

function Sample({ of, strong = false }: { readonly of: MetricRow["base"]; readonly strong?: boolean }) {
  if (of === undefined) return <span className="text-ink-3">none</span>;
  return (
    <>
      <span className={strong ? "font-semibold" : ""}>{numberWords(of.mean)}</span>
      {of.count > 1 && (
        <span className="text-ink-3"> ± {of.spread === null ? "NaN" : formatNumber(of.spread, 2)}</span>
      )}
    </>
  );
}

/** JSON turns what is no finite number into null. */
function numberWords(value: number | null): string {
  return value === null ? "NaN" : formatNumber(value);
}

function changeWords(delta: number | null | undefined): string {
  if (delta === undefined || delta === null || delta === 0) return "";
  return `${delta > 0 ? "+" : ""}${formatNumber(delta, 2)}`;
}

/** What the base is called: by the alias it has, in a stage by that. */
function baseWords(move: RequestDiff["move"]): string {
  if (move === undefined) return "base";
  return move.target.kind === "alias" ? move.target.alias : move.target.stage;
}

/** How many runs measured each side, where all of them are as many. */
function countRuns(rows: readonly MetricRow[]): string {
  const counts = new Set(rows.flatMap(({ base, candidate }) => [base?.count, candidate?.count]));
  counts.delete(undefined);
  const [count] = counts;
  return counts.size === 1 && count !== undefined && count > 1 ? `, ${count} runs each` : "";
}

function sideWords(version: number | undefined, side: string): string {
  return version === undefined ? side : `v${version} ${side}`;
}
