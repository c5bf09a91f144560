"use client";

import { ZoneLink } from "@runweir/web-zones/link";
import { useQueryClient } from "@tanstack/react-query";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { DraftFields, readDraft } from "./draft-fields.tsx";
import { FormButton } from "./form-dialog.tsx";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { useCurrent } from "./use-current.ts";

/** Groups of the whole server. */
export function GroupsPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const mayChange = useCurrent()?.isAdministrator === true;
  const queryKey = api.directory.groups.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  return (
    <ListPage
      title="Groups"
      what="groups"
      noun="group"
      queryKey={queryKey}
      ask={(question) => client.directory.groups.list.query(question)}
      idOf={({ groupId }) => groupId}
      empty={<p>What a group is given, everybody in it has. Groups are the same in all workspaces.</p>}
      actions={
        mayChange && (
          <FormButton
            label="Make a group"
            onSubmit={async (form) => {
              await client.directory.groups.create.mutate(readDraft(form));
              await refresh();
            }}
          >
            <DraftFields />
          </FormButton>
        )
      }
      columns={[
        {
          name: "Name",
          cell: ({ groupId, name }) => (
            <ZoneLink
              href={`/settings/groups/${groupId}`}
              title={name}
              className="block truncate rounded-sm font-medium hover:underline"
            >
              {name}
            </ZoneLink>
          ),
        },
        {
          name: "Description",
          cell: ({ description }) => description,
          className: "max-w-100 truncate text-ink-2 max-md:hidden",
        },
        {
          name: "Members",
          cell: ({ memberCount }) => <span className="num">{memberCount}</span>,
          className: "w-24 text-right",
        },
      ]}
      rowActions={
        mayChange
          ? ({ groupId, name, memberCount }) => (
              <RemoveButton
                verb="Delete"
                title={`Delete ${name}?`}
                description={`Its ${memberCount} ${memberCount === 1 ? "member loses" : "members lose"} what they have by it. This cannot be undone.`}
                onConfirm={async () => {
                  await client.directory.groups.delete.mutate({ groupId });
                  await refresh();
                }}
              />
            )
          : undefined
      }
    />
  );
}
