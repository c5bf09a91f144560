"use client";

import type { ModelSummary } from "@runweir/registry-trpc";
import { noteLine } from "@runweir/tracking-web";
import { Badge, Cell, formatCount, RelativeTime, TableRow } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { AliasBadge } from "../alias-badge.tsx";
import { NewestLoader } from "../loads/newest-loader.tsx";
import { modelHref } from "../model-address.ts";
import { PersonName } from "../people/person-name.tsx";
import { StageBadge } from "../stage-badge.tsx";

const placesShown = 3;
const tagsShown = 3;

export function ModelRow({ model, index }: { readonly model: ModelSummary; readonly index: number }) {
  const { name, aliases, description, tags, versions } = model;
  const stages = model.stages.filter(({ stage }) => stage !== "Archived");
  const places = [
    ...aliases.toSorted(byWeight).map(({ alias, version }) => ({
      name: `@${alias}`,
      version,
      badge: <AliasBadge alias={alias} version={version} />,
    })),
    ...stages.map(({ stage, version }) => ({
      name: stage,
      version,
      badge: <StageBadge stage={stage} version={version} />,
    })),
  ];
  return (
    <TableRow data-row={index} className="focus-within:bg-hover">
      <Cell className="pl-4">
        <ZoneLink
          href={modelHref(name)}
          title={name}
          className="block truncate rounded-sm font-medium hover:underline"
        >
          {name}
        </ZoneLink>
      </Cell>
      <Cell numeric>{versions === 0 ? "none" : formatCount(versions)}</Cell>
      <Cell className="overflow-hidden">
        <span
          className="flex gap-1"
          title={places.map(({ name: place, version }) => `${place}: ${version}`).join("\n")}
        >
          {places.slice(0, placesShown).map(({ name: place, badge }, at) => (
            <span key={place} className={at === 0 ? "flex min-w-0" : "flex min-w-0 max-sm:hidden"}>
              {badge}
            </span>
          ))}
          <More count={places.length - placesShown} className="max-sm:hidden" />
          <More count={places.length - 1} className="sm:hidden" />
        </span>
      </Cell>
      <Cell className="truncate text-ink-2 max-xl:hidden" title={description}>
        {noteLine(description ?? "")}
      </Cell>
      <Cell className="overflow-hidden max-md:hidden">
        <span className="flex gap-1">
          {tags.slice(0, tagsShown).map(({ key, value }) => (
            <Badge key={key} title={`${key}: ${value}`} className="max-w-40 min-w-0">
              <span className="truncate">
                {key}
                {value !== "" && `: ${value}`}
              </span>
            </Badge>
          ))}
          {tags.length > tagsShown && <Badge>+{tags.length - tagsShown}</Badge>}
        </span>
      </Cell>
      <Cell className="overflow-hidden max-lg:hidden">
        <NewestLoader load={model.newestLoad} />
      </Cell>
      <Cell className="truncate text-ink-3 max-xl:hidden">
        {model.creatorId !== "" && <PersonName id={model.creatorId} />}
      </Cell>
      <Cell className="max-sm:hidden">
        <RelativeTime at={model.lastUpdateTime} className="text-ink-3" />
      </Cell>
    </TableRow>
  );
}

/** What most clients ask for comes first: there may be room for it alone. */
function byWeight(a: { readonly alias: string }, b: { readonly alias: string }): number {
  return Number(b.alias === "champion") - Number(a.alias === "champion");
}

function More({ count, className }: { readonly count: number; readonly className: string }) {
  return count > 0 ? <Badge className={className}>+{count}</Badge> : null;
}
