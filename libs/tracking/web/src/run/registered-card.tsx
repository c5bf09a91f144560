"use client";

import { Badge, Card, CardHeader } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

const shown = 50;

/** Versions of registered models that were made of the run. */
export function RegisteredCard({ runId }: { readonly runId: string }) {
  const api = useRegistryApi();
  const filter = `run_id = '${runId}'`;
  const { data } = useQuery(api.versions.search.queryOptions({ filter, maxResults: shown }));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Card aria-label="Registered versions">
      <CardHeader
        title="Registered versions"
        count={data.nextPageToken === undefined ? data.items.length : `${shown}+`}
      />
      <ul className="pb-1.5">
        {data.items.map(({ name, version, aliases, stage }) => (
          <li
            key={`${name} ${version}`}
            className="flex min-h-8 items-center gap-2 border-t border-line px-3 text-sm"
          >
            <ZoneLink
              href={`/models/${encodeURIComponent(name)}/${version}`}
              className="min-w-0 truncate rounded-sm font-medium hover:underline"
            >
              {name} {version}
            </ZoneLink>
            {aliases.map((alias) => (
              <Badge key={alias} tone="accent">
                @{alias}
              </Badge>
            ))}
            {stage !== "None" && <Badge>{stage}</Badge>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
