"use client";

import { Badge, Button, Card, CardHeader, RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useRegistryApi } from "../registry-api.ts";

const modelsShown = 6;
const aliasesShown = 2;

/** The models that were changed last; nothing while there is none. */
export function ModelList() {
  const api = useRegistryApi();
  const { data } = useQuery(
    api.models.search.queryOptions({
      orderBy: ["last_updated_timestamp DESC"],
      maxResults: modelsShown,
    }),
  );
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Card aria-label="Recently changed models">
      <CardHeader title="Recently changed models">
        <Button asChild variant="ghost" className="-mr-1.5">
          <ZoneLink href="/models">All models</ZoneLink>
        </Button>
      </CardHeader>
      <ul className="pb-1.5">
        {data.items.map(({ name, aliases, lastUpdateTime }) => (
          <li key={name} className="flex h-row items-center gap-2 px-3 text-sm hover:bg-hover">
            <ZoneLink
              href={`/models/${encodeURIComponent(name)}`}
              className="min-w-0 flex-1 truncate rounded-sm hover:underline"
            >
              {name}
            </ZoneLink>
            {aliases.slice(0, aliasesShown).map(({ alias, version }) => (
              <Badge key={alias} tone="accent">
                @{alias} <span className="num text-xs">{version}</span>
              </Badge>
            ))}
            <RelativeTime at={lastUpdateTime} className="shrink-0 text-ink-3" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
