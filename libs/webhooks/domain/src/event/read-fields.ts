/** The fields of a value that comes from elsewhere; none of what is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** Tags as they are recorded, `[{ key, value }]`, as a map by their keys. */
export function tagMapOf(tags: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(tags)) return {};
  return Object.fromEntries(
    tags.flatMap((tag: unknown) => {
      const { key, value } = fieldsOf(tag);
      return typeof key === "string" ? [[key, value]] : [];
    }),
  );
}

/** Versions travel as texts, whatever they were recorded as. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
