"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, CodeSnippet, Dialog, ErrorState, Field, Input, Select, useOrigin } from "@runweir/web-ui";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useIdentityClient } from "../identity-api.ts";
import { readText } from "./read-text.ts";

const accesses = [
  { value: "all", label: "Everything that its owner may do" },
  { value: "read", label: "Read only" },
  { value: "ingest", label: "Logging only" },
] as const;
const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "never", label: "Never" },
] as const;

type Access = (typeof accesses)[number]["value"];
type Lifetime = (typeof lifetimes)[number]["value"];

/** Of one's own, or of a service account for administrators. */
export function CreateToken({
  account,
  onClose,
  onCreated,
}: {
  readonly account?: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onCreated: () => void;
}) {
  const client = useIdentityClient();
  const formId = useId();
  const [access, setAccess] = useState<Access>("all");
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const create = useMutation({
    mutationFn: (token: Parameters<typeof client.account.tokens.create.mutate>[0]) =>
      account === undefined
        ? client.account.tokens.create.mutate(token)
        : client.people.tokens.create.mutate({
            ...token,
            owner: { kind: "service-account", id: account.id },
          }),
    onSuccess: onCreated,
  });
  const problem = create.error ? describeError(create.error) : undefined;
  if (create.data) return <NewToken secret={create.data.secret} onClose={onClose} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => readText(given, name).trim();
    create.mutate({
      name: text("name"),
      access,
      experimentIds: text("experiment") === "" ? undefined : [text("experiment")],
      workspace: text("workspace") || undefined,
      days: lifetime === "never" ? undefined : Number(lifetime),
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={account === undefined ? "New token" : `New token of ${account.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            Create the token
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-3" onSubmit={submit}>
        <Field
          label="Name"
          hint="What uses it: a job, a notebook, a machine."
          error={problem?.field === "name" && problem.message}
        >
          {(ids) => <Input {...ids} name="name" required maxLength={100} />}
        </Field>
        <Field label="Good for">
          {({ id }) => (
            <Select id={id} label="Good for" value={access} onValueChange={setAccess} options={accesses} />
          )}
        </Field>
        <Field label="Only experiment" hint="The id of one experiment; all unless given.">
          {(ids) => <Input {...ids} name="experiment" mono inputMode="numeric" />}
        </Field>
        <Field label="Only workspace" hint="All of its owner's unless given.">
          {(ids) => <Input {...ids} name="workspace" mono />}
        </Field>
        <Field label="Expires">
          {({ id }) => (
            <Select
              id={id}
              label="Expires"
              value={lifetime}
              onValueChange={setLifetime}
              options={lifetimes}
            />
          )}
        </Field>
        {problem && problem.field !== "name" && <ErrorState compact problem={problem} />}
      </form>
    </Dialog>
  );
}

/** The only time that it is seen: what is kept of it is not enough to show it again. */
function NewToken({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const origin = useOrigin();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Copy the token now"
      description="It is not shown again."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <CodeSnippet label="token" code={secret} />
        <CodeSnippet
          label="shell"
          code={`export MLFLOW_TRACKING_URI=${origin}\nexport MLFLOW_TRACKING_TOKEN=${secret}`}
        />
      </div>
    </Dialog>
  );
}
