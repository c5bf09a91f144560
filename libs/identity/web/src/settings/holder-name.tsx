"use client";

import type { Holder } from "@runweir/identity-domain";
import { Badge } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { holderHref } from "./holder-href.ts";

/** Leads a group to who is in it, and anybody else to what they belong to and may do. */
export function HolderName({
  holder: { kind, id, name, displayName, isDisabled },
}: {
  readonly holder: Holder;
}) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ZoneLink
        href={holderHref({ kind, id })}
        title={name}
        className="truncate rounded-sm font-medium hover:underline"
      >
        {name}
      </ZoneLink>
      {displayName !== name && displayName !== "" && (
        <span className="truncate text-ink-3 max-sm:hidden">{displayName}</span>
      )}
      {isDisabled && <Badge>disabled</Badge>}
    </span>
  );
}
