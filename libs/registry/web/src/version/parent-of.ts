/** The version that a source names: `models:/name/3`. A logged model's id has no second part; stages and aliases move. */
export function parentOf(source: string): { readonly name: string; readonly version: number } | undefined {
  const [, name, version] = /^models:\/+([^/@]+)\/(\d+)$/.exec(source) ?? [];
  return name === undefined ? undefined : { name, version: Number(version) };
}
