"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState, Field, Input, Textarea } from "@runweir/web-ui";
import { useState } from "react";
import { type RequestView, useReviewClient } from "../review-api.ts";

/** Title, words, reviewers, and another version in the place of the present one. */
export function RequestEdit({
  view: { request },
  onChanged,
}: {
  readonly view: RequestView;
  readonly onChanged: () => Promise<unknown>;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      {open && <EditDialog request={request} onOpenChange={setOpen} onChanged={onChanged} />}
    </>
  );
}

function EditDialog({
  request,
  onOpenChange,
  onChanged,
}: {
  readonly request: RequestView["request"];
  readonly onOpenChange: (open: boolean) => void;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const { requestId, subject } = request;
  const present = subject.kind === "moves" && subject.moves.length === 1 ? subject.moves[0]?.to : undefined;
  const [title, setTitle] = useState(request.title);
  const [body, setBody] = useState(request.body);
  const [reviewers, setReviewers] = useState(request.reviewers.map(({ name }) => name).join(", "));
  const [version, setVersion] = useState(String(present ?? ""));
  const { busy, problem, attempt } = useAttempt();
  const save = async () => {
    await attempt(async () => {
      const names = reviewers
        .split(",")
        .map((one) => one.trim().replace(/^@/, ""))
        .filter(Boolean);
      await client.requests.edit.mutate({ requestId, title: title.trim(), body, reviewers: names });
      if (present !== undefined && version !== String(present))
        await client.requests.push.mutate({ requestId, version: Number(version) });
      onOpenChange(false);
      await onChanged();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Edit request ${requestId}`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Title">
          {(ids) => <Input {...ids} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
        <Field label="Why">
          {(ids) => <Textarea {...ids} mono value={body} onChange={(event) => setBody(event.target.value)} />}
        </Field>
        <Field label="Reviewers" hint="Names of people and groups, with commas between them.">
          {(ids) => (
            <Input {...ids} value={reviewers} onChange={(event) => setReviewers(event.target.value)} />
          )}
        </Field>
        {present !== undefined && (
          <Field label="Version" hint="Another one makes the approvals of this one stale.">
            {(ids) => (
              <Input
                {...ids}
                inputMode="numeric"
                value={version}
                onChange={(event) => setVersion(event.target.value)}
              />
            )}
          </Field>
        )}
        {problem && <ErrorState compact problem={problem} />}
      </div>
    </Dialog>
  );
}
