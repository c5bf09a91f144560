"use client";

import { RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { CardTable } from "../card-table.tsx";
import { useIdentityApi } from "../identity-api.ts";

const shown = 10;

/** The newest entries about what somebody did, as far as the reader may see them. */
export function RecentActsCard({ actorId }: { readonly actorId: string }) {
  const api = useIdentityApi();
  const list = useQuery(api.audit.list.queryOptions({ actorId, limit: shown }));
  const everything = `/settings/audit?person=${encodeURIComponent(actorId)}`;
  return (
    <CardTable
      title="Lately"
      hasMore={list.data?.length === shown}
      list={list}
      idOf={({ sequence }) => String(sequence)}
      empty="Nothing of theirs is in the audit log."
      actions={
        <ZoneLink href={everything} className="rounded-sm text-ink-2 hover:text-ink hover:underline">
          Audit log
        </ZoneLink>
      }
      columns={[
        {
          name: "Time",
          cell: ({ sequence, time }) => (
            <ZoneLink
              href={`${everything}&entry=${sequence}`}
              className="rounded-sm text-ink-2 hover:underline"
            >
              <RelativeTime at={time} />
            </ZoneLink>
          ),
        },
        {
          name: "Action",
          cell: ({ action }) => <span className="font-mono text-xs">{action}</span>,
          className: "max-sm:max-w-36 max-sm:truncate",
        },
        {
          name: "Object",
          cell: ({ object }) => object.name || object.id,
          className: "max-w-90 truncate max-sm:max-w-36",
        },
      ]}
    />
  );
}
