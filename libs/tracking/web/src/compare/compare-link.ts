import { runsInAddressMax, writeRunIds } from "../runs/run-ids.ts";

/** The address that compares these runs, or all that the filter matches. */
export function compareLink({
  experimentIds,
  runIds,
  filter = "",
}: {
  readonly experimentIds: readonly string[];
  /** Of more than an address can hold, the first. */
  readonly runIds?: readonly string[];
  readonly filter?: string;
}): string {
  const query = new URLSearchParams({ experiments: experimentIds.join(".") });
  const runs = runIds && writeRunIds(runIds.slice(0, runsInAddressMax));
  if (runs !== undefined) query.set("runs", runs);
  else if (filter !== "") query.set("filter", filter);
  return `/compare?${query}`;
}
