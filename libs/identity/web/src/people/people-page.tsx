"use client";

import { Badge, Button, RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { holderHref } from "../settings/holder-href.ts";
import { ListPage } from "../settings/list-page.tsx";
import { InvitationsCard } from "./invitations-card.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PersonMenu } from "./person-menu.tsx";

/** Who can sign in here, and who is invited. */
export function PeoplePage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const [inviting, setInviting] = useState(false);
  return (
    <ListPage
      title="People"
      what="people"
      noun="person"
      queryKey={api.people.list.pathKey()}
      ask={(question) => client.people.list.query(question)}
      idOf={({ id }) => id}
      empty={<p>Invite people by a link; it works once.</p>}
      actions={
        <Button icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
      columns={[
        {
          name: "User name",
          cell: ({ id, username, isAdministrator, isDisabled }) => (
            <span className="flex min-w-0 items-center gap-2">
              <ZoneLink
                href={holderHref({ kind: "user", id })}
                title={username}
                className="truncate rounded-sm font-medium hover:underline"
              >
                {username}
              </ZoneLink>
              {isAdministrator && <Badge tone="accent">administrator</Badge>}
              {isDisabled && <Badge>disabled</Badge>}
            </span>
          ),
          className: "max-w-90 max-sm:max-w-72",
        },
        { name: "Name", cell: ({ name }) => name, className: "max-w-60 truncate max-sm:hidden" },
        {
          name: "E-mail",
          cell: ({ email }) => email ?? "",
          className: "max-w-70 truncate text-ink-2 max-md:hidden",
        },
        {
          name: "Since",
          cell: ({ creationTime }) => <RelativeTime at={creationTime} />,
          className: "text-ink-2 max-lg:hidden",
        },
      ]}
      rowActions={(person) => <PersonMenu person={person} />}
    >
      <InvitationsCard />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </ListPage>
  );
}
