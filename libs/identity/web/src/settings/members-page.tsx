"use client";

import type { Member, WorkspaceRole } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import { Badge, Field, Input, RelativeTime, Select, useToast } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readText } from "../account/read-text.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { findHolder } from "./find-holder.ts";
import { FormDialog } from "./form-dialog.tsx";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";

const roles = [
  { value: "guest", label: "guest" },
  { value: "viewer", label: "viewer" },
  { value: "member", label: "member" },
  { value: "editor", label: "editor" },
  { value: "admin", label: "admin" },
] as const satisfies readonly { value: WorkspaceRole; label: string }[];

/** Who belongs to the workspace, and as what. */
export function MembersPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [role, setRole] = useState<WorkspaceRole>("member");
  const queryKey = api.directory.members.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  const change = async ({ kind, id, name }: Member, next: WorkspaceRole) => {
    try {
      await client.directory.members.set.mutate({ kind, id, role: next });
    } catch (error) {
      toast({ title: `${name} is not ${next}`, description: describeError(error).message, tone: "bad" });
    }
    await refresh();
  };
  return (
    <ListPage
      title="Members"
      what="members"
      queryKey={queryKey}
      ask={(question) => client.directory.members.list.query(question)}
      idOf={({ kind, id }) => `${kind} ${id}`}
      empty={<p>Members see and change what is in this workspace, as their role allows.</p>}
      actions={
        <FormDialog
          label="Add a member"
          onSubmit={async (form) => {
            const name = readText(form, "name").trim();
            const { kind, id } = await findHolder(client, name, ["user", "group", "service-account"]);
            await client.directory.members.set.mutate({ kind, id, role });
            await refresh();
          }}
        >
          <Field label="Name" hint="Of a user, a group or a service account">
            {(ids) => <Input {...ids} name="name" required />}
          </Field>
          <Select label="Role" prefix="role:" value={role} onValueChange={setRole} options={roles} />
        </FormDialog>
      }
      columns={[
        {
          name: "Name",
          cell: ({ name, displayName, isDisabled }) => (
            <span className="inline-flex items-center gap-2">
              {name}
              {displayName !== name && <span className="text-ink-3">{displayName}</span>}
              {isDisabled && <Badge>disabled</Badge>}
            </span>
          ),
        },
        { name: "Kind", cell: ({ kind }) => kind.replace("-", " ") },
        {
          name: "Role",
          cell: (member) => (
            <Select
              label={`Role of ${member.name}`}
              value={member.role}
              onValueChange={(next) => void change(member, next)}
              options={roles}
            />
          ),
        },
        { name: "Since", cell: ({ creationTime }) => <RelativeTime at={creationTime} /> },
        {
          name: "Actions",
          cell: ({ kind, id, name }) => (
            <RemoveButton
              verb="Remove"
              title={`Remove ${name}?`}
              description="They lose the role at once; grants that name them stay."
              onConfirm={async () => {
                await client.directory.members.remove.mutate({ kind, id });
                await refresh();
              }}
            />
          ),
        },
      ]}
    />
  );
}
