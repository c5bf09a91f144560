"use client";

import type { FacetValue } from "@runweir/registry-trpc";
import { Button, formatCount, Menu, MenuItem } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ChevronDown, X } from "lucide-react";
import { PersonName } from "../people/person-name.tsx";

const kinds = [
  { key: "owner", label: "Owner", of: "owners" },
  { key: "alias", label: "Alias", of: "aliases" },
  { key: "stage", label: "Stage", of: "stages" },
] as const;

/** Narrows the list to one owner, alias or stage, with how many models each would leave. */
export function ModelFacets({
  facets,
}: {
  readonly facets: Readonly<Record<(typeof kinds)[number]["of"], readonly FacetValue[]>> | undefined;
}) {
  const address = useAddress();
  return kinds.map(({ key, label, of }) => {
    const chosen = address.get(key);
    const values = facets?.[of] ?? [];
    if (chosen !== undefined)
      return (
        <Button
          key={key}
          aria-label={key === "owner" ? "Any owner, not only this one" : `Any ${key}, not only ${chosen}`}
          onClick={() => address.set({ [key]: undefined })}
        >
          <span className="max-w-40 truncate">
            {label}: {key === "owner" ? <PersonName id={chosen} /> : chosen}
          </span>
          <X aria-hidden className="size-3.5" />
        </Button>
      );
    if (values.length === 0) return null;
    return (
      <Menu
        key={key}
        label={label}
        trigger={
          <Button>
            {label}
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        }
      >
        {values.map(({ value, models }) => (
          <MenuItem key={value} hint={formatCount(models)} onSelect={() => address.set({ [key]: value })}>
            {key === "owner" ? <PersonName id={value} /> : value}
          </MenuItem>
        ))}
      </Menu>
    );
  });
}
