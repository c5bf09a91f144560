"use client";

import { Badge, Button, Field, Input, RelativeTime } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { readText } from "../account/read-text.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { FormDialog } from "./form-dialog.tsx";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";

const readDraft = (form: FormData) => ({
  name: readText(form, "name").trim(),
  description: readText(form, "description").trim(),
});

function DraftFields({ hint }: { readonly hint?: string }) {
  return (
    <>
      <Field label="Name" hint={hint}>
        {(ids) => <Input {...ids} name="name" required />}
      </Field>
      <Field label="Description">{(ids) => <Input {...ids} name="description" />}</Field>
    </>
  );
}

/** Groups of the whole server. */
export function GroupsPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const queryKey = api.directory.groups.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  return (
    <ListPage
      title="Groups"
      what="groups"
      queryKey={queryKey}
      ask={(question) => client.directory.groups.list.query(question)}
      idOf={({ groupId }) => groupId}
      empty={<p>What a group is given, everybody in it has. Groups are the same in all workspaces.</p>}
      actions={
        <FormDialog
          label="Make a group"
          onSubmit={async (form) => {
            await client.directory.groups.create.mutate(readDraft(form));
            await refresh();
          }}
        >
          <DraftFields />
        </FormDialog>
      }
      columns={[
        { name: "Name", cell: ({ name }) => name },
        { name: "Description", cell: ({ description }) => description },
        { name: "Members", cell: ({ memberCount }) => memberCount },
        {
          name: "Actions",
          cell: ({ groupId, name, memberCount }) => (
            <RemoveButton
              verb="Delete"
              title={`Delete ${name}?`}
              description={`Its ${memberCount} members lose what they have by it. This cannot be undone.`}
              onConfirm={async () => {
                await client.directory.groups.delete.mutate({ groupId });
                await refresh();
              }}
            />
          ),
        },
      ]}
    />
  );
}

export function ServiceAccountsPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const queryKey = api.directory.serviceAccounts.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  return (
    <ListPage
      title="Service accounts"
      what="service accounts"
      queryKey={queryKey}
      ask={(question) => client.directory.serviceAccounts.list.query(question)}
      idOf={({ accountId }) => accountId}
      empty={<p>Training jobs and pipelines use one, so that nobody's leaving stops them.</p>}
      actions={
        <FormDialog
          label="Make a service account"
          onSubmit={async (form) => {
            await client.directory.serviceAccounts.create.mutate(readDraft(form));
            await refresh();
          }}
        >
          <DraftFields />
        </FormDialog>
      }
      columns={[
        {
          name: "Name",
          cell: ({ name, isDisabled }) => (
            <span className="inline-flex items-center gap-2">
              {name}
              {isDisabled && <Badge>disabled</Badge>}
            </span>
          ),
        },
        { name: "Description", cell: ({ description }) => description },
        {
          name: "Made",
          cell: ({ createdBy, creationTime }) => (
            <>
              <RelativeTime at={creationTime} /> by {createdBy}
            </>
          ),
        },
        {
          name: "Actions",
          cell: ({ accountId, name, isDisabled }) => (
            <>
              <Button
                variant="ghost"
                onClick={async () => {
                  await client.directory.serviceAccounts.update.mutate({
                    accountId,
                    isDisabled: !isDisabled,
                  });
                  await refresh();
                }}
              >
                {isDisabled ? "Enable" : "Disable"}
              </Button>
              <RemoveButton
                verb="Delete"
                title={`Delete ${name}?`}
                description="Its tokens open nothing from then on, and its roles and grants go. This cannot be undone."
                onConfirm={async () => {
                  await client.directory.serviceAccounts.delete.mutate({ accountId });
                  await refresh();
                }}
              />
            </>
          ),
        },
      ]}
    />
  );
}

/** Those that one can work in. Switching reloads, so that nothing of the other one stays on the screen. */
export function WorkspacesPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const queryKey = api.directory.workspaces.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  return (
    <ListPage
      title="Workspaces"
      what="workspaces"
      queryKey={queryKey}
      ask={(question) => client.directory.workspaces.list.query(question)}
      idOf={({ name }) => name}
      empty={<p>You do not belong to any workspace. An admin of one can add you.</p>}
      actions={
        <FormDialog
          label="Make a workspace"
          onSubmit={async (form) => {
            await client.directory.workspaces.create.mutate(readDraft(form));
            await refresh();
          }}
        >
          <DraftFields hint="Lower-case letters, digits and -" />
        </FormDialog>
      }
      columns={[
        { name: "Name", cell: ({ name }) => name },
        { name: "Description", cell: ({ description }) => description },
        { name: "Everybody is", cell: ({ defaultRole }) => defaultRole ?? "no member" },
        { name: "Protected aliases", cell: ({ protectedAliases }) => protectedAliases.join(", ") },
        {
          name: "Actions",
          cell: ({ name }) => (
            <>
              <Button variant="ghost" onClick={() => switchTo(name)}>
                Switch to it
              </Button>
              {name !== "default" && (
                <RemoveButton
                  verb="Delete"
                  title={`Delete workspace ${name}?`}
                  description="Nobody gets at its experiments, runs and models any more, and training jobs that log to it fail. What is in it is kept until an administrator restores it."
                  onConfirm={async () => {
                    await client.directory.workspaces.delete.mutate({ name });
                    await refresh();
                  }}
                />
              )}
            </>
          ),
        },
      ]}
    />
  );
}

function switchTo(workspace: string): void {
  const isSecure = window.location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the other way is not in every browser yet
  document.cookie = `runweir_workspace=${workspace}; path=/; max-age=31536000; samesite=lax${isSecure}`;
  window.location.assign("/");
}
