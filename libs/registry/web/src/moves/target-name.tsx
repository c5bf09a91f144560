"use client";

import { Field, Input, Select } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

/** What every workspace has, until its own are known. */
const known: readonly string[] = ["None", "Staging", "Production", "Archived"];

/** An alias, typed, or one of the workspace's stages. */
export function TargetName({
  kind,
  label,
  value,
  onChange,
}: {
  readonly kind: "alias" | "stage";
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const api = useRegistryApi();
  const stages = useQuery(api.stages.list.queryOptions({}, { enabled: kind === "stage" }));
  const names = stages.data?.map(({ name }) => name) ?? known;
  return (
    <Field label={label} className="min-w-40 flex-1">
      {(ids) =>
        kind === "alias" ? (
          <Input {...ids} required value={value} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <Select
            id={ids.id}
            label={label}
            value={value}
            onValueChange={onChange}
            options={names.map((name) => ({ value: name, label: name }))}
          />
        )
      }
    </Field>
  );
}
