"use client";

import type { Workspace, WorkspaceRole } from "@runweir/identity-domain";
import { Field, Input, Select, Textarea } from "@runweir/web-ui";
import { useState } from "react";
import { readText } from "../account/read-text.ts";
import { useIdentityClient } from "../identity-api.ts";
import { FormDialog } from "./form-dialog.tsx";
import { readAliases } from "./read-aliases.ts";
import { roles } from "./roles.ts";

const choices = [{ value: "none", label: "no member" }, ...roles] as const;

/** What is said about a workspace; what it is called stays, since clients name it. */
export function WorkspaceDialog({
  workspace,
  onClose,
  onChanged,
}: {
  readonly workspace: Workspace;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useIdentityClient();
  const [role, setRole] = useState<WorkspaceRole | "none">(workspace.defaultRole ?? "none");
  return (
    <FormDialog
      open
      onOpenChange={(open) => open || onClose()}
      label="Save"
      title={`Workspace ${workspace.name}`}
      onSubmit={async (form) => {
        await client.directory.workspaces.update.mutate({
          name: workspace.name,
          description: readText(form, "description").trim(),
          defaultRole: role === "none" ? null : role,
          protectedAliases: readAliases(readText(form, "aliases")),
        });
        await onChanged();
      }}
    >
      <Field label="Description">
        {(ids) => <Input {...ids} name="description" defaultValue={workspace.description} />}
      </Field>
      <Field
        label="Everybody who can sign in is"
        hint="Also whoever is no member of it; members have their own role."
      >
        {({ id }) => (
          <Select
            id={id}
            label="Everybody who can sign in is"
            value={role}
            onValueChange={setRole}
            options={choices}
          />
        )}
      </Field>
      <Field
        label="Protected aliases"
        hint="One per line, as model@alias; * stands for any text. To edit the model is not enough to move them."
      >
        {(ids) => (
          <Textarea
            {...ids}
            name="aliases"
            mono
            placeholder="*@champion"
            spellCheck={false}
            defaultValue={workspace.protectedAliases.join("\n")}
          />
        )}
      </Field>
    </FormDialog>
  );
}
