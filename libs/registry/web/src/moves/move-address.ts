/** The address of a bulk move's page. */
export function moveHref(jobId: string): string {
  return `/moves/${jobId}`;
}

/** Where one is planned, of the models that the query of the models' list (`?q=...&owner=...`) finds. */
export function planHref(query: string): string {
  return query === "" ? "/moves/new" : `/moves/new?${query}`;
}
