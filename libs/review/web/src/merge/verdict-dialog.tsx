"use client";

import { useAttempt } from "@runweir/web-trpc-client";
import { Button, Dialog, ErrorState, Field, Textarea } from "@runweir/web-ui";
import { useState } from "react";
import { type RequestView, useReviewClient } from "../review-api.ts";
import { useDraft } from "../talk/use-draft.ts";

/** Approves the version that was looked at, or asks for changes. When it was replaced meanwhile, the server says so. */
export function VerdictDialog({
  view: { request },
  onOpenChange,
  onChanged,
}: {
  readonly view: RequestView;
  readonly onOpenChange: (open: boolean) => void;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const { requestId } = request;
  // What the reviewer saw when they began, whatever comes in while they write.
  const [headDigest] = useState(request.headDigest);
  const draft = useDraft(`${requestId} verdict`);
  const { busy, problem, attempt } = useAttempt();
  const [given, setGiven] = useState<"approve" | "request_changes">();
  const give = async (kind: "approve" | "request_changes") => {
    setGiven(kind);
    await attempt(async () => {
      const body = draft.text.trim();
      await client.verdicts.give.mutate({ requestId, kind, headDigest, ...(body === "" ? {} : { body }) });
      draft.clear();
      onOpenChange(false);
      await onChanged();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Review"
      description="It is said of the version that you see now; when another takes its place, it no longer counts."
      footer={
        <>
          <Button
            busy={busy && given === "request_changes"}
            disabled={draft.text.trim() === "" || busy}
            onClick={() => void give("request_changes")}
          >
            Ask for changes
          </Button>
          <Button
            variant="primary"
            busy={busy && given === "approve"}
            disabled={busy}
            onClick={() => void give("approve")}
          >
            Approve
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="What you found" hint="Needed to ask for changes. Kept here until it is sent.">
          {(ids) => (
            <Textarea {...ids} value={draft.text} onChange={(event) => draft.setText(event.target.value)} />
          )}
        </Field>
        {problem && <ErrorState compact problem={problem} />}
      </div>
    </Dialog>
  );
}
