"use client";

import type { Workspace } from "@runweir/identity-domain";
import { Badge, RelativeTime, Switch } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { DraftFields, readDraft } from "./draft-fields.tsx";
import { FormButton } from "./form-dialog.tsx";
import { ListPage } from "./list-page.tsx";
import { type RowAct, RowMenu } from "./row-menu.tsx";
import { useCurrent } from "./use-current.ts";
import { WorkspaceDialog } from "./workspace-dialog.tsx";

/** Those that one can work in. Switching reloads, so that nothing of the other one stays on the screen. */
export function WorkspacesPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const address = useAddress();
  const current = useCurrent();
  const isAdministrator = current?.isAdministrator === true;
  const showsDeleted = isAdministrator && address.get("deleted") === "1";
  const [changed, setChanged] = useState<Workspace>();
  const queryKey = api.directory.workspaces.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  const mayChange = (name: string) =>
    isAdministrator || (current?.managesWorkspace === true && name === current.workspace);

  const actsOn = (workspace: Workspace): RowAct[] => {
    const { name } = workspace;
    const restore: RowAct = {
      label: "Restore",
      act: async () => {
        await client.directory.workspaces.restore.mutate({ name });
        await refresh();
      },
    };
    if (workspace.deletedTime !== null) return [restore];
    const change: RowAct = { label: "Change", act: async () => setChanged(workspace) };
    const enter: RowAct = { label: "Switch to it", act: async () => switchTo(name) };
    const remove: RowAct = {
      label: "Delete",
      act: async () => {
        await client.directory.workspaces.delete.mutate({ name });
        await refresh();
      },
      confirm: {
        title: `Delete workspace ${name}?`,
        description:
          "Nobody gets at its experiments, runs and models any more, and training jobs that log to it fail. What is in it is kept until an administrator restores it.",
      },
    };
    return [
      ...(name === current?.workspace ? [] : [enter]),
      ...(mayChange(name) ? [change] : []),
      ...(isAdministrator && name !== "default" ? [remove] : []),
    ];
  };

  return (
    <ListPage
      title="Workspaces"
      what="workspaces"
      noun="workspace"
      queryKey={[...queryKey, showsDeleted]}
      ask={async (question) => client.directory.workspaces.list.query({ ...question, deleted: showsDeleted })}
      idOf={({ name }) => name}
      empty={<p>You do not belong to any workspace. An admin of one can add you.</p>}
      filters={
        isAdministrator && (
          <Switch
            label="Also deleted ones"
            checked={showsDeleted}
            onCheckedChange={(next) => address.set({ deleted: next ? "1" : undefined })}
          />
        )
      }
      actions={
        isAdministrator && (
          <FormButton
            label="Make a workspace"
            onSubmit={async (form) => {
              await client.directory.workspaces.create.mutate(readDraft(form));
              await refresh();
            }}
          >
            <DraftFields hint="Lower-case letters, digits and -" />
          </FormButton>
        )
      }
      columns={[
        {
          name: "Name",
          cell: (workspace) => (
            <WorkspaceName
              workspace={workspace}
              isCurrent={workspace.name === current?.workspace}
              onOpen={mayChange(workspace.name) ? () => setChanged(workspace) : undefined}
            />
          ),
        },
        {
          name: "Description",
          cell: ({ description }) => description,
          className: "max-w-90 truncate text-ink-2 max-md:hidden",
        },
        { name: "Everybody is", cell: ({ defaultRole }) => defaultRole ?? "no member" },
        {
          name: "Protected aliases",
          cell: ({ protectedAliases }) => (
            <span className="font-mono text-xs">{protectedAliases.join(", ")}</span>
          ),
          className: "max-w-50 truncate max-lg:hidden",
        },
      ]}
      rowActions={(workspace) => {
        const acts = actsOn(workspace);
        return acts.length > 0 && <RowMenu name={workspace.name} acts={acts} />;
      }}
    >
      {changed && (
        <WorkspaceDialog
          key={changed.name}
          workspace={changed}
          onClose={() => setChanged(undefined)}
          onChanged={refresh}
        />
      )}
    </ListPage>
  );
}

function WorkspaceName({
  workspace: { name, deletedTime },
  isCurrent,
  onOpen,
}: {
  readonly workspace: Workspace;
  readonly isCurrent: boolean;
  readonly onOpen: (() => void) | undefined;
}) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {onOpen && deletedTime === null ? (
        <button type="button" onClick={onOpen} className="truncate rounded-sm font-medium hover:underline">
          {name}
        </button>
      ) : (
        <span className="truncate font-medium">{name}</span>
      )}
      {isCurrent && <Badge tone="accent">you are here</Badge>}
      {deletedTime !== null && (
        <Badge tone="bad">
          deleted <RelativeTime at={deletedTime} />
        </Badge>
      )}
    </span>
  );
}

function switchTo(workspace: string): void {
  const isSecure = window.location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the other way is not in every browser yet
  document.cookie = `runweir_workspace=${workspace}; path=/; max-age=31536000; samesite=lax${isSecure}`;
  window.location.assign("/");
}
