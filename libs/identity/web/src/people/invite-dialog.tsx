"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, Checkbox, Dialog, ErrorState, Field, Input, Select } from "@runweir/web-ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { readText } from "../account/read-text.ts";
import { useIdentityApi } from "../identity-api.ts";
import { IssuedLink } from "./issued-link.tsx";

const roles = [
  { value: "none", label: "Nothing yet" },
  { value: "guest", label: "Guest: what grants name" },
  { value: "viewer", label: "Viewer: reads everything" },
  { value: "member", label: "Member: reads, and makes their own" },
  { value: "editor", label: "Editor: edits everything" },
  { value: "admin", label: "Admin: manages everything" },
] as const;

type Role = (typeof roles)[number]["value"];

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useIdentityApi();
  const queries = useQueryClient();
  const formId = useId();
  const [role, setRole] = useState<Role>("member");
  const [isAdministrator, setAdministrator] = useState(false);
  const invite = useMutation(
    api.people.invite.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.people.pathKey() }),
    }),
  );
  const problem = invite.error ? describeError(invite.error) : undefined;
  if (invite.data) return <IssuedLink title="The invitation" link={invite.data} onClose={onClose} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    invite.mutate({
      email: readText(given, "email").trim() || undefined,
      isAdministrator,
      ...(role === "none" ? {} : { role, workspace: readText(given, "workspace").trim() || "default" }),
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Invite somebody"
      description="They choose a user name and a password themselves. The link works once, for 7 days."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={invite.isPending}>
            Make the invitation
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-3" onSubmit={submit}>
        <Field
          label="E-mail address"
          hint="Where the server sends e-mail, it goes there."
          error={problem?.field === "email" && problem.message}
        >
          {(ids) => <Input {...ids} name="email" type="email" />}
        </Field>
        <Field label="Workspace" error={problem?.field === "workspace" && problem.message}>
          {(ids) => (
            <Input {...ids} name="workspace" mono defaultValue="default" disabled={role === "none"} />
          )}
        </Field>
        <Field label="Role there">
          {({ id }) => (
            <Select id={id} label="Role there" value={role} onValueChange={setRole} options={roles} />
          )}
        </Field>
        <Checkbox
          checked={isAdministrator}
          onCheckedChange={setAdministrator}
          label="Administrator of the server"
        >
          Administrator of the server
        </Checkbox>
        {problem && !["email", "workspace"].includes(problem.field ?? "") && (
          <ErrorState compact problem={problem} />
        )}
      </form>
    </Dialog>
  );
}
