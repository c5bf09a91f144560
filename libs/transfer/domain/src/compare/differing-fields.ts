type Values<Field extends string> = { readonly [Name in Field]?: string | number | null | undefined };

/** Names the fields whose value here is another than the exported one, in the words of `names`. */
export function differingFields<Field extends string>(
  exported: Values<NoInfer<Field>>,
  here: Values<NoInfer<Field>>,
  names: Readonly<Record<Field, string>>,
): readonly string[] {
  const fields = Object.keys(names) as Field[];
  return fields
    .filter((field) => (exported[field] ?? null) !== (here[field] ?? null))
    .map((field) => names[field]);
}
