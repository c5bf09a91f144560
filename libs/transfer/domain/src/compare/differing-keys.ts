interface Value {
  readonly key: string;
  readonly value: string;
}

/** Keys whose value here is another than the exported one, or that are not here. What is only here is nobody's loss. */
export function differingKeys(exported: readonly Value[], here: readonly Value[]): readonly string[] {
  const known = new Map(here.map(({ key, value }) => [key, value]));
  return exported.filter(({ key, value }) => known.get(key) !== value).map(({ key }) => key);
}
