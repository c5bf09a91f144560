"use client";

import { Input } from "@runweir/web-ui";

/** A field for every `$name` of the statement. */
export function ParameterFields({
  names,
  values,
  onChange,
  onRun,
}: {
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
  readonly onRun: () => void;
}) {
  return names.map((name) => (
    <span
      key={name}
      className="flex h-control items-center gap-1.5 rounded-md border border-line bg-surface pl-2.5 text-sm focus-within:border-accent"
    >
      <code className="text-ink-3">${name}</code>
      <Input
        aria-label={`Value of $${name}`}
        placeholder="value"
        title="A text, a number, true, false, null, or a list like [1, 2]; in single quotes it is a text whatever is in it"
        value={values[name] ?? ""}
        onChange={(event) => onChange({ ...values, [name]: event.target.value })}
        onKeyDown={(event) => event.key === "Enter" && onRun()}
        className="h-full w-28 border-0 bg-transparent px-1 focus-visible:ring-0"
      />
    </span>
  ));
}
