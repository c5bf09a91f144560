import type { HolderId } from "@runweir/identity-domain";

const places = { user: "people", "service-account": "service-accounts", group: "groups" } as const;

/** Where the page of a person, a service account or a group is. */
export function holderHref({ kind, id }: HolderId): string {
  return `/settings/${places[kind]}/${encodeURIComponent(id)}`;
}
