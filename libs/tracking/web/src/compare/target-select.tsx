"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Select } from "@runweir/web-ui";
import { FieldSelect } from "./field-select.tsx";
import { type Target, targetStatistics } from "./use-target.ts";

export function TargetSelect({
  target,
  keys,
}: {
  readonly target: Target;
  readonly keys: KeyCatalog | undefined;
}) {
  return (
    <>
      <FieldSelect
        label="Target metric"
        prefix="target:"
        keys={keys}
        entities={["metric"]}
        value={target.column}
        onValueChange={target.setColumn}
      />
      <Select
        label="Statistic of the target"
        value={target.statistic}
        onValueChange={target.setStatistic}
        options={targetStatistics.map((name) => ({ value: name, label: name }))}
      />
    </>
  );
}
