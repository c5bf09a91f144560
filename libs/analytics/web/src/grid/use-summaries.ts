"use client";

import { useEffect, useState } from "react";
import type { ResultTable } from "../run/result-table.ts";
import { type ColumnSummary, summariseColumn } from "./summarise-column.ts";

/** Work of at most this long between two pictures. */
const sliceMs = 8;

/** The summaries of all columns as they become known; the page stays responsive meanwhile. None without a table. */
export function useSummaries(table: ResultTable | undefined): readonly (ColumnSummary | undefined)[] {
  const [summaries, setSummaries] = useState<readonly (ColumnSummary | undefined)[]>([]);
  useEffect(() => {
    setSummaries([]);
    let place = 0;
    let work = begin();
    let timer = setTimeout(go, 0);
    function begin() {
      const column = table?.columns[place];
      return table && column && summariseColumn(column, table.rows, 5_000);
    }
    function go(): void {
      const until = performance.now() + sliceMs;
      while (work && performance.now() < until) {
        const step = work.next();
        if (!step.done) continue;
        const summary = step.value;
        setSummaries((known) => [...known, summary]);
        place++;
        work = begin();
      }
      if (work) timer = setTimeout(go, 0);
    }
    return () => clearTimeout(timer);
  }, [table]);
  return summaries;
}
