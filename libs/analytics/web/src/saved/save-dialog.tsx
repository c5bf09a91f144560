"use client";

import type { QueryParameter, SavedQuery } from "@runweir/analytics-domain";
import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Checkbox, Dialog, ErrorState, Field, Input } from "@runweir/web-ui";
import { type FormEvent, useState } from "react";
import { useAnalyticsClient } from "../analytics-api.ts";

/** Keeps a statement under a name. */
export function SaveDialog({
  name: initial,
  sql,
  parameters,
  onSaved,
  onClose,
}: {
  readonly name: string;
  readonly sql: string;
  readonly parameters: readonly QueryParameter[];
  readonly onSaved: (query: SavedQuery) => void;
  readonly onClose: () => void;
}) {
  const client = useAnalyticsClient();
  const [name, setName] = useState(initial);
  const [description, setDescription] = useState("");
  const [isShared, setShared] = useState(false);
  const { busy, problem, attempt } = useAttempt();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    await attempt(async () => {
      onSaved(
        await client.savedQueries.create.mutate({
          name: name.trim(),
          description: description.trim(),
          sql,
          parameters: [...parameters],
          isShared,
        }),
      );
    });
  };
  const ofName = problem?.field === "name";
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Save the query"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="save-query" busy={busy} disabled={name.trim() === ""}>
            Save
          </Button>
        </>
      }
    >
      <form id="save-query" className="flex flex-col gap-3" onSubmit={(event) => void save(event)}>
        <Field label="Name" error={ofName ? problem?.message : undefined}>
          {(ids) => <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="Description" hint="What it answers; may be empty.">
          {(ids) => (
            <Input {...ids} value={description} onChange={(event) => setDescription(event.target.value)} />
          )}
        </Field>
        <Checkbox label="Share with the workspace" checked={isShared} onCheckedChange={setShared}>
          Share with the workspace
        </Checkbox>
        {problem && !ofName && <ErrorState compact problem={problem} />}
      </form>
    </Dialog>
  );
}
