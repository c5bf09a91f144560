"use client";

import type { ApiToken } from "@runweir/identity-domain";
import { type Column, formatDate, RelativeTime } from "@runweir/web-ui";
import type { OnTheWire } from "../on-the-wire.ts";
import { scopeWords } from "./scope-words.ts";

export const tokenColumns: readonly Column<OnTheWire<ApiToken>>[] = [
  {
    name: "Name",
    cell: ({ name }) => name,
    className: "max-w-70 truncate font-medium max-sm:max-w-44",
  },
  {
    name: "Good for",
    cell: (token) => scopeWords(token),
    className: "max-w-80 truncate text-ink-2 max-md:hidden",
  },
  {
    name: "Created",
    cell: ({ creationTime }) => <RelativeTime at={creationTime} />,
    className: "text-ink-2 max-md:hidden",
  },
  {
    name: "Last used",
    cell: ({ lastUsedTime }) => (lastUsedTime === undefined ? "never" : <RelativeTime at={lastUsedTime} />),
    className: "text-ink-2",
  },
  {
    name: "Expires",
    cell: ({ expiryTime }) => (expiryTime === undefined ? "never" : formatDate(expiryTime)),
    className: "text-ink-2 max-sm:hidden",
  },
];
