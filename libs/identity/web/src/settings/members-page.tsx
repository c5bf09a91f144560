"use client";

import type { Member, WorkspaceRole } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import { Field, RelativeTime, Select, useToast } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readText } from "../account/read-text.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { findHolder } from "./find-holder.ts";
import { FormButton } from "./form-dialog.tsx";
import { HolderField } from "./holder-field.tsx";
import { HolderName } from "./holder-name.tsx";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { roles } from "./roles.ts";
import { useCurrent } from "./use-current.ts";

const kinds = ["user", "group", "service-account"] as const;

/** Who belongs to the workspace, and as what. */
export function MembersPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const toast = useToast();
  const current = useCurrent();
  const mayChange = current?.managesWorkspace === true;
  const [role, setRole] = useState<WorkspaceRole>("member");
  const address = useAddress();
  const shown = roles.find(({ value }) => value === address.get("role"))?.value;
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
      noun="member"
      queryKey={[...queryKey, shown ?? "all"]}
      ask={(question) => client.directory.members.list.query({ ...question, role: shown })}
      idOf={({ kind, id }) => `${kind} ${id}`}
      empty={<p>Members see and change what is in this workspace, as their role allows.</p>}
      filterNames={["role"]}
      filters={
        <Select
          label="Role"
          prefix="role:"
          value={shown ?? "any"}
          onValueChange={(next) => address.set({ role: next === "any" ? undefined : next })}
          options={[{ value: "any", label: "any" }, ...roles]}
        />
      }
      actions={
        mayChange && (
          <FormButton
            label="Add a member"
            onSubmit={async (form) => {
              const { kind, id } = await findHolder(client, readText(form, "name").trim(), kinds);
              await client.directory.members.set.mutate({ kind, id, role });
              await refresh();
            }}
          >
            <HolderField
              name="name"
              label="Name"
              hint="Of a user, a group or a service account"
              kinds={kinds}
            />
            <Field label="Role">
              {({ id }) => (
                <Select id={id} label="Role" value={role} onValueChange={setRole} options={roles} />
              )}
            </Field>
          </FormButton>
        )
      }
      columns={[
        { name: "Name", cell: (member) => <HolderName holder={member} /> },
        { name: "Kind", cell: ({ kind }) => kind.replace("-", " "), className: "text-ink-2 max-md:hidden" },
        {
          name: "Role",
          cell: (member) =>
            mayChange ? (
              <Select
                label={`Role of ${member.name}`}
                value={member.role}
                onValueChange={(next) => void change(member, next)}
                options={roles}
                className="-ml-2.5 w-25 border-transparent bg-transparent group-hover/row:border-line"
              />
            ) : (
              member.role
            ),
        },
        {
          name: "Since",
          cell: ({ creationTime }) => <RelativeTime at={creationTime} />,
          className: "text-ink-2 max-md:hidden",
        },
      ]}
      rowActions={
        mayChange
          ? ({ kind, id, name }) => (
              <RemoveButton
                verb="Remove"
                title={`Remove ${name}?`}
                description="They lose the role at once; grants that name them stay."
                onConfirm={async () => {
                  await client.directory.members.remove.mutate({ kind, id });
                  await refresh();
                }}
              />
            )
          : undefined
      }
    />
  );
}
