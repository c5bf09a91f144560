"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

const shown = 20;

/** Versions of registered models that runs of the experiment made of a dataset, the newest first. */
export function MadeOfDataset({
  experimentId,
  digest,
}: {
  readonly experimentId: string;
  readonly digest: string;
}) {
  const api = useRegistryApi();
  const { data, error } = useQuery(
    api.lineage.ofDataset.queryOptions({ experimentIds: [experimentId], digest, maxResults: shown }),
  );
  return (
    <section aria-label="Made of it" className="px-1 text-sm">
      <h3 className="pb-1 text-xs font-semibold text-ink-3">Made of it in this experiment</h3>
      {data === undefined ? (
        error === null ? (
          <Skeleton className="my-1 w-32" />
        ) : (
          <p className="text-bad">{describeError(error).message}</p>
        )
      ) : data.items.length === 0 ? (
        <p className="text-ink-3">No version of a registered model.</p>
      ) : (
        <ul className="flex flex-wrap gap-x-3 gap-y-1">
          {data.items.map(({ name, version }) => (
            <li key={`${name} ${version}`} className="min-w-0 truncate">
              <ZoneLink
                href={`/models/${encodeURIComponent(name)}/${version}`}
                className="rounded-sm font-medium hover:underline"
              >
                {name} {version}
              </ZoneLink>
            </li>
          ))}
          {data.nextPageToken !== undefined && <li className="text-ink-3">and older ones</li>}
        </ul>
      )}
    </section>
  );
}
