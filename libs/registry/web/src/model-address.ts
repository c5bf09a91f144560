/** The address of a model's page. */
export function modelHref(name: string): string {
  return `/models/${encodeURIComponent(name)}`;
}
