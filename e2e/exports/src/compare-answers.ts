/** What one reader found; numbers may differ by how a sum was rounded. */
export type Answers = Readonly<Record<string, unknown>>;

/** Names the first thing in which two readers differ; undefined when they agree. */
export function findDifference(one: unknown, other: unknown, place = ""): string | undefined {
  if (typeof one === "number" && typeof other === "number") {
    const near = Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
    return near ? undefined : `${place}: ${one} and ${other}`;
  }
  if (typeof one === "object" && one !== null && typeof other === "object" && other !== null) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    for (const name of names) {
      const found = findDifference(
        (one as Record<string, unknown>)[name],
        (other as Record<string, unknown>)[name],
        `${place}/${name}`,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return one === other ? undefined : `${place}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`;
}
