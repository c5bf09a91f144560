"use client";

import {
  Badge,
  Card,
  CardHeader,
  Cell,
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
      <CardHeader title="Metrics" count={`${different.length} of ${rows.length} differ`} />
      {shown.length > 0 && (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Metric</HeadCell>
                <HeadCell numeric>{sideWords(move?.from, "base")}</HeadCell>
                <HeadCell numeric>{sideWords(move?.to, "candidate")}</HeadCell>
                <HeadCell numeric>Change</HeadCell>
                <HeadCell>Verdict</HeadCell>
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
                    <Cell className="max-w-60">
                      <RowLabel anchor={row.anchor} onComment={onComment}>
                        {row.label} {row.direction && arrows[row.direction]}
                      </RowLabel>
                    </Cell>
                    <Sample of={row.base} />
                    <Sample of={row.candidate} strong />
                    <Cell numeric className={inks[row.verdict] ?? ""}>
                      {changeWords(row.delta)}
                    </Cell>
                    <Cell>
                      <Badge tone={verdicts[row.verdict].tone}>
                        {verdicts[row.verdict].words}
                        {typeof row.p === "number" && `, p ${formatNumber(row.p, 2)}`}
                      </Badge>
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

function Sample({ of, strong = false }: { readonly of: MetricRow["base"]; readonly strong?: boolean }) {
  return (
    <Cell numeric>
      {of === undefined ? (
        <span className="text-ink-3">none</span>
      ) : (
        <>
          <span className={strong ? "font-semibold" : ""}>{numberWords(of.mean)}</span>
          {of.count > 1 && <span className="text-ink-3"> ± {numberWords(of.spread)}</span>}
        </>
      )}
    </Cell>
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

function sideWords(version: number | undefined, side: string): string {
  return version === undefined ? side : `v${version} ${side}`;
}
