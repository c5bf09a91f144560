"use client";

import type { Level } from "@runweir/identity-domain";
import { Field, Input, RelativeTime, Select } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readText } from "../account/read-text.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { findHolder } from "./find-holder.ts";
import { FormButton } from "./form-dialog.tsx";
import { GrantBadge } from "./grant-badge.tsx";
import { GrantSelect, levels } from "./grant-select.tsx";
import { holderWords, targetWords } from "./grant-words.ts";
import { HolderField } from "./holder-field.tsx";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { useCurrent } from "./use-current.ts";

const effects = [
  { value: "allow", label: "Allow" },
  { value: "deny", label: "Deny" },
] as const;
const levelOptions = levels.map((value) => ({ value, label: value }));
const targets = [
  { value: "experiment-id", label: "One experiment, by its number" },
  { value: "experiment", label: "Experiments by name" },
  { value: "model", label: "Models by name" },
  { value: "alias", label: "Aliases (model@alias)" },
] as const;

/** What is allowed and denied besides roles, and to whom. */
export function GrantsPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const [effect, setEffect] = useState<"allow" | "deny">("allow");
  const [level, setLevel] = useState<Level>("edit");
  const [on, setOn] = useState<(typeof targets)[number]["value"]>("experiment-id");
  const queryKey = api.directory.grants.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  const mayChange = useCurrent()?.managesWorkspace === true;
  return (
    <ListPage
      title="Roles and grants"
      what="grants"
      noun="grant"
      queryKey={queryKey}
      ask={(question) => client.directory.grants.list.query(question)}
      idOf={({ grantId }) => grantId}
      empty={
        <p>
          Everybody has what their role says: guests nothing, viewers and members read, editors edit, admins
          manage. Grants allow or deny more; what denies wins.
        </p>
      }
      actions={
        <FormButton
          label="Give a grant"
          onSubmit={async (form) => {
            const name = readText(form, "holder").trim();
            const what = readText(form, "what").trim();
            const holder =
              name === "" ? undefined : await findHolder(client, name, ["user", "group", "service-account"]);
            await client.directory.grants.create.mutate({
              effect,
              level,
              target:
                on === "experiment-id" ? { on: "experiment", experimentId: what } : { on, pattern: what },
              holder: holder === undefined ? { kind: "everyone" } : { kind: holder.kind, id: holder.id },
            });
            await refresh();
          }}
        >
          <div className="flex gap-2">
            <Select label="Effect" value={effect} onValueChange={setEffect} options={effects} />
            <Select label="Level" value={level} onValueChange={setLevel} options={levelOptions} />
          </div>
          <Select label="On" prefix="on:" value={on} onValueChange={setOn} options={targets} />
          <Field
            label={on === "experiment-id" ? "Number" : "Name"}
            hint={on === "experiment-id" ? undefined : "* stands for any text"}
          >
            {(ids) => <Input {...ids} name="what" mono required />}
          </Field>
          <HolderField
            name="holder"
            label="To"
            hint="A user, group or service account; empty for everybody in the workspace"
            kinds={["user", "group", "service-account"]}
            required={false}
          />
        </FormButton>
      }
      columns={[
        {
          name: "To",
          cell: ({ holder, target, experimentName }) => (
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-medium">{holderWords(holder)}</span>
              <span className="truncate text-xs text-ink-3 sm:hidden">
                {targetWords(target, experimentName)}
              </span>
            </span>
          ),
          className: "max-w-60 max-sm:max-w-40 max-sm:py-1",
        },
        {
          name: "Grant",
          cell: (grant) => (
            <span className="inline-flex items-center gap-2">
              {mayChange ? (
                <GrantSelect
                  grant={grant}
                  about={`${holderWords(grant.holder)} on ${targetWords(grant.target, grant.experimentName)}`}
                  onChanged={refresh}
                />
              ) : (
                <GrantBadge grant={grant} />
              )}
              {grant.isOwn && <span className="text-ink-3 max-lg:hidden">made it</span>}
            </span>
          ),
        },
        {
          name: "On",
          cell: ({ target, experimentName }) => targetWords(target, experimentName),
          className: "max-w-70 truncate max-sm:hidden",
        },
        {
          name: "Given",
          cell: ({ createdBy, creationTime }) => (
            <>
              <RelativeTime at={creationTime} /> by {createdBy}
            </>
          ),
          className: "max-w-50 truncate text-ink-2 max-lg:hidden",
        },
      ]}
      rowActions={({ grantId, effect: said, level: upTo, target, holder, experimentName }) => (
        <RemoveButton
          verb="Remove"
          title="Remove this grant?"
          description={`It ${said === "allow" ? "allows" : "denies"} ${holderWords(holder)} to ${upTo} ${targetWords(target, experimentName)}, until it is removed.`}
          onConfirm={async () => {
            await client.directory.grants.delete.mutate({ grantId });
            await refresh();
          }}
        />
      )}
    />
  );
}
