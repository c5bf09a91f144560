"use client";

import { describeError } from "@runweir/web-trpc-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { readText } from "../account/read-text.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { DraftFields, readDraft } from "./draft-fields.tsx";
import { findHolder } from "./find-holder.ts";
import { FormButton } from "./form-dialog.tsx";
import { HolderField } from "./holder-field.tsx";
import { HolderName } from "./holder-name.tsx";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { SettingsProblem } from "./settings-problem.tsx";
import { useCurrent } from "./use-current.ts";

const kinds = ["user", "service-account"] as const;

/** Who is in one group. */
export function GroupPage() {
  const { groupId } = useParams<{ groupId: string }>();
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const mayChange = useCurrent()?.isAdministrator === true;
  const group = useQuery(api.directory.groups.get.queryOptions({ groupId }));
  const refresh = () => queries.invalidateQueries({ queryKey: api.directory.groups.pathKey() });
  if (group.isError)
    return <SettingsProblem problem={describeError(group.error)} onRetry={() => void group.refetch()} />;
  const name = group.data?.name ?? "";
  return (
    <ListPage
      title={name}
      crumbs={[{ label: "Groups", href: "/settings/groups" }]}
      what="members"
      noun="member"
      queryKey={[...api.directory.groups.members.pathKey(), groupId]}
      ask={(question) => client.directory.groups.members.query({ ...question, groupId })}
      idOf={({ kind, id }) => `${kind} ${id}`}
      empty={<p>What the group is given, whoever is added has at once.</p>}
      {...(group.data?.description ? { about: group.data.description } : {})}
      actions={
        mayChange &&
        group.data && (
          <>
            <FormButton
              isChange
              label="Rename"
              title={`Rename ${name}`}
              onSubmit={async (form) => {
                await client.directory.groups.update.mutate({ groupId, ...readDraft(form) });
                await refresh();
              }}
            >
              <DraftFields draft={group.data} />
            </FormButton>
            <FormButton
              label="Add somebody"
              title={`Add somebody to ${name}`}
              onSubmit={async (form) => {
                const { kind, id } = await findHolder(client, readText(form, "name").trim(), kinds);
                if (kind !== "group")
                  await client.directory.groups.addMember.mutate({ groupId, member: { kind, id } });
                await refresh();
              }}
            >
              <HolderField name="name" label="Name" hint="Of a user or a service account" kinds={kinds} />
            </FormButton>
          </>
        )
      }
      columns={[
        { name: "Name", cell: (holder) => <HolderName holder={holder} /> },
        { name: "Kind", cell: ({ kind }) => kind.replace("-", " "), className: "text-ink-2 max-sm:hidden" },
      ]}
      rowActions={
        mayChange
          ? ({ kind, id, name: member }) => (
              <RemoveButton
                verb="Remove"
                title={`Remove ${member} from ${name}?`}
                description="They lose at once what they have by the group, in every workspace."
                onConfirm={async () => {
                  if (kind !== "group")
                    await client.directory.groups.removeMember.mutate({ groupId, member: { kind, id } });
                  await refresh();
                }}
              />
            )
          : undefined
      }
    />
  );
}
