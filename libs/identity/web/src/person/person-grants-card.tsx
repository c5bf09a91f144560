"use client";

import { RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { CardTable } from "../card-table.tsx";
import { useIdentityApi } from "../identity-api.ts";
import { GrantBadge } from "../settings/grant-badge.tsx";
import { targetWords } from "../settings/grant-words.ts";

const shown = 20;

/** What is allowed and denied to themselves; what their groups have stands with these. */
export function PersonGrantsCard({
  person,
  name,
}: {
  readonly person: { readonly kind: "user" | "service-account"; readonly id: string };
  readonly name: string;
}) {
  const api = useIdentityApi();
  const list = useQuery(api.directory.grants.list.queryOptions({ holder: person, limit: shown }));
  return (
    <CardTable
      title="Grants"
      hasMore={list.data?.nextPageToken !== undefined}
      list={{ ...list, data: list.data?.items }}
      idOf={({ grantId }) => grantId}
      empty="None of their own: they have what their role and their groups give them."
      actions={
        <ZoneLink
          href={`/settings/grants?q=${encodeURIComponent(name)}`}
          className="rounded-sm text-ink-2 hover:text-ink hover:underline"
        >
          Change
        </ZoneLink>
      }
      columns={[
        { name: "Grant", cell: (grant) => <GrantBadge grant={grant} /> },
        {
          name: "On",
          cell: ({ target, experimentName }) => targetWords(target, experimentName),
          className: "max-w-90 truncate max-sm:max-w-50",
        },
        {
          name: "Given",
          cell: ({ createdBy, creationTime }) => (
            <>
              <RelativeTime at={creationTime} /> by {createdBy}
            </>
          ),
          className: "max-w-60 truncate text-ink-2 max-md:hidden",
        },
      ]}
    />
  );
}
