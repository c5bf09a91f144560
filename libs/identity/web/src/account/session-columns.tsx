"use client";

import type { Session } from "@runweir/identity-domain";
import { Badge, type Column, RelativeTime } from "@runweir/web-ui";
import type { OnTheWire } from "../on-the-wire.ts";
import { nameBrowser } from "./name-browser.ts";

/** `current`: the one that looks. */
export function sessionColumns(current: string | null): readonly Column<OnTheWire<Session>>[] {
  return [
    {
      name: "Browser",
      cell: ({ userAgent, sessionId }) => (
        <span title={userAgent} className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{nameBrowser(userAgent)}</span>
          {sessionId === current && <Badge tone="accent">this one</Badge>}
        </span>
      ),
      className: "max-w-70 max-sm:max-w-44",
    },
    {
      name: "Address",
      cell: ({ address }) => <span className="num">{address ?? ""}</span>,
      className: "text-ink-2 max-sm:hidden",
    },
    {
      name: "Signed in",
      cell: ({ creationTime }) => <RelativeTime at={creationTime} />,
      className: "text-ink-2 max-md:hidden",
    },
    {
      name: "Last used",
      cell: ({ lastUsedTime }) => <RelativeTime at={lastUsedTime} />,
      className: "text-ink-2",
    },
  ];
}
