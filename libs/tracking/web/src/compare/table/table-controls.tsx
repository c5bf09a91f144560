"use client";

import { Button, copyText, SearchInput, Select, Switch, useToast } from "@runweir/web-ui";
import { Copy } from "lucide-react";
import type { ComparisonRow } from "./build-comparison.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import type { ComparedRun } from "./use-compared-runs.ts";
import type { TableView } from "./use-table-view.ts";

const none = "none";

export function TableControls({
  view,
  runs,
  rows,
}: {
  readonly view: TableView;
  readonly runs: readonly ComparedRun[];
  readonly rows: readonly ComparisonRow[];
}) {
  const toast = useToast();
  const copy = async () => {
    const done = await copyText(comparisonCsv(runs, rows));
    toast(
      done
        ? { title: "The table is on the clipboard", description: "As CSV, every digit kept." }
        : { title: "The browser does not allow copying", tone: "bad" },
    );
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <SearchInput
        label="Search rows"
        placeholder="Search rows"
        value={view.search}
        onValueChange={view.setSearch}
        className="w-44"
      />
      {runs.length > 1 && (
        <>
          <Switch
            label="Only differences"
            checked={view.onlyDifferences}
            onCheckedChange={view.setOnlyDifferences}
          />
          <Select
            label="Baseline"
            prefix="baseline:"
            value={runs[view.baseline]?.runId ?? none}
            onValueChange={(runId) => view.setBaseline(runId === none ? undefined : runId)}
            options={[
              { value: none, label: "none" },
              ...runs.map(({ runId, name }) => ({ value: runId, label: name })),
            ]}
            className="max-w-56"
          />
        </>
      )}
      <Button
        variant="ghost"
        className="sm:ml-auto"
        icon={<Copy aria-hidden className="size-3.5" />}
        onClick={() => void copy()}
      >
        Copy as CSV
      </Button>
    </div>
  );
}
