"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Badge, Button, useToast } from "@runweir/web-ui";
import { useState } from "react";
import { type Thread, useReviewClient } from "../review-api.ts";
import { CommentBox } from "./comment-box.tsx";
import { CommentView } from "./comment-view.tsx";
import { OutgoingComments } from "./outgoing-comments.tsx";
import { useOutgoing } from "./use-outgoing.ts";

/**
 * A thread, its answers, and its end: resolved threads fold, and can be opened again. What was said of no row holds nothing back,
 * so there is nothing to resolve.
 */
export function ThreadView({
  requestId,
  thread,
  onChanged,
}: {
  readonly requestId: number;
  readonly thread: Thread;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const toast = useToast();
  // Shown at once, since it can be taken back at once; the box that says what is missing waits for the server.
  const [wanted, setWanted] = useState<boolean>();
  const isResolved = wanted ?? thread.resolvedTime !== undefined;
  const [open, setOpen] = useState(!isResolved);
  const [answering, setAnswering] = useState(false);
  const { threadId } = thread;
  const sending = useOutgoing(`${requestId} thread ${threadId}`, async (comment) => {
    await client.comments.add.mutate({ requestId, threadId, ...comment });
    await onChanged();
  });
  const resolve = async (to: boolean) => {
    setWanted(to);
    setOpen(!to);
    try {
      await client.comments.resolve.mutate({ requestId, threadId: thread.threadId, isResolved: to });
      await onChanged();
    } catch (error) {
      setOpen(true);
      toast({ title: "The thread stays as it was", description: describeError(error).message, tone: "bad" });
    } finally {
      setWanted(undefined);
    }
  };
  if (isResolved && !open && sending.outgoing.length === 0)
    return (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex w-full items-center gap-2 rounded-md border border-line bg-sunken px-3 py-1.5 text-left text-sm text-ink-3 hover:text-ink"
      >
        <Badge tone="ok">resolved</Badge>
        <span className="truncate">{thread.comments[0]?.body}</span>
      </button>
    );
  return (
    <section aria-label="Thread" className="rounded-md border border-line bg-surface">
      {thread.comments.map((comment) => (
        <CommentView key={comment.commentId} comment={comment} onChanged={onChanged} />
      ))}
      <OutgoingComments of={sending} />
      <div className="px-3 py-2">
        {answering ? (
          <CommentBox
            draftKey={`${requestId} thread ${thread.threadId}`}
            label="Answer"
            sendLabel="Answer"
            onSend={async (body) => {
              sending.post(body);
              setAnswering(false);
            }}
          />
        ) : (
          <div className="flex items-center gap-2">
            <Button variant="ghost" onClick={() => setAnswering(true)}>
              Answer
            </Button>
            {thread.anchor !== undefined && (
              <Button variant="ghost" onClick={() => void resolve(!isResolved)}>
                {isResolved ? "Open again" : "Resolve"}
              </Button>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
