"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { Select } from "@runweir/web-ui";

/** Chooses among the versions that are loaded; one that the address names is always among them. */
export function VersionSelect({
  label,
  value,
  versions,
  onValue,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly versions: readonly ModelVersion[] | undefined;
  readonly onValue: (version: string) => void;
}) {
  const options = (versions ?? []).map(({ version, aliases }) => ({
    value: String(version),
    label: `Version ${version}${aliases.map((alias) => ` @${alias}`).join("")}`,
  }));
  const isListed = value === undefined || options.some((option) => option.value === value);
  return (
    <Select
      label={label}
      value={value ?? ""}
      onValueChange={onValue}
      options={isListed ? options : [{ value: value ?? "", label: `Version ${value}` }, ...options]}
      className="max-w-60"
    />
  );
}
