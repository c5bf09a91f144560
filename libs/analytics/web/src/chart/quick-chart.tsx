"use client";

import type { FigureDefinition, FigureKind } from "@runweir/analytics-domain";
import { type ChartColors, Figure } from "@runweir/web-charts";
import { formatCount, IconButton, Select } from "@runweir/web-ui";
import { X } from "lucide-react";
import { useCallback, useMemo } from "react";
import type { ResultTable } from "../run/result-table.ts";
import { buildFigure } from "./build-figure.ts";
import { figureData } from "./figure-data.ts";
import { fits } from "./suggest-figure.ts";

const kinds: readonly { readonly value: FigureKind; readonly label: string }[] = [
  { value: "bar", label: "Bars" },
  { value: "line", label: "Lines" },
  { value: "scatter", label: "Points" },
  { value: "histogram", label: "Histogram" },
];
const none = "\u0000none";

/** A result as a chart, beside its rows. */
export function QuickChart({
  table,
  figure,
  onChange,
  onClose,
}: {
  readonly table: ResultTable;
  readonly figure: FigureDefinition;
  readonly onChange: (figure: FigureDefinition) => void;
  readonly onClose: () => void;
}) {
  const data = useMemo(() => figureData(table, figure), [table, figure]);
  const build = useCallback(
    (colors: ChartColors) => (data ? buildFigure(figure, data, colors) : {}),
    [data, figure],
  );
  const columns = (axis: "x" | "y" | "series") =>
    table.columns
      .filter((column) => fits(column, axis, figure.kind))
      .map(({ name }) => ({ value: name, label: name }));
  const title =
    figure.kind === "histogram"
      ? `How ${figure.x} is spread`
      : `${figure.y ?? ""} by ${figure.x}${figure.series ? ` and ${figure.series}` : ""}`;
  return (
    <section aria-label="Chart" className="flex min-h-80 min-w-0 flex-1 flex-col gap-2 p-3">
      <header className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold" title={title}>
          {title}
        </h2>
        <IconButton label="Close the chart" icon={<X aria-hidden className="size-4" />} onClick={onClose} />
      </header>
      <div className="flex flex-wrap gap-2">
        <Select
          label="Kind of chart"
          value={figure.kind}
          onValueChange={(kind) => onChange({ ...figure, kind, y: figure.y ?? columns("y")[0]?.value })}
          options={kinds}
        />
        <Select
          label="Across"
          prefix="x"
          value={figure.x}
          onValueChange={(x) => onChange({ ...figure, x })}
          options={columns("x")}
        />
        {figure.kind !== "histogram" && (
          <>
            <Select
              label="Up"
              prefix="y"
              value={figure.y ?? ""}
              onValueChange={(y) => onChange({ ...figure, y })}
              options={columns("y")}
            />
            <Select
              label="Series"
              prefix="by"
              value={figure.series ?? none}
              onValueChange={(series) =>
                onChange({ ...figure, series: series === none ? undefined : series })
              }
              options={[{ value: none, label: "nothing" }, ...columns("series")]}
            />
          </>
        )}
      </div>
      {data && data.rowsDrawn > 0 ? (
        <Figure label={title} build={build} className="min-h-60 flex-1" />
      ) : (
        <p className="grid min-h-60 flex-1 place-items-center text-sm text-ink-2">
          No row has numbers for this chart.
        </p>
      )}
      <p className="font-mono text-xs text-ink-3">
        {formatCount(data?.rowsDrawn ?? 0)} of {formatCount(table.rows)} rows
      </p>
    </section>
  );
}
