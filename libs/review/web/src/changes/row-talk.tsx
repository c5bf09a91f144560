"use client";

import { Button } from "@runweir/web-ui";
import { type CheckRun, type Thread, useReviewClient } from "../review-api.ts";
import { CommentBox } from "../talk/comment-box.tsx";
import { OutgoingComments } from "../talk/outgoing-comments.tsx";
import { ThreadView } from "../talk/thread-view.tsx";
import { useOutgoing } from "../talk/use-outgoing.ts";

/** What was said of a row, what checks found at it, and the box for another thread. */
export function RowTalk({
  requestId,
  anchor,
  columns,
  threads,
  annotations,
  writing,
  onWriting,
  onChanged,
}: {
  readonly requestId: number;
  readonly anchor: string;
  /** Of the table that it stands in. */
  readonly columns: number;
  readonly threads: readonly Thread[];
  readonly annotations: CheckRun["annotations"];
  readonly writing: boolean;
  readonly onWriting: (on: boolean) => void;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const sending = useOutgoing(`${requestId} row ${anchor}`, async (comment) => {
    await client.comments.add.mutate({ requestId, anchor, ...comment });
    await onChanged();
  });
  if (threads.length + annotations.length + sending.outgoing.length === 0 && !writing) return null;
  return (
    <tr>
      <td colSpan={columns} className="px-3 pt-1 pb-3 sm:pl-8">
        <div className="flex max-w-180 flex-col gap-2">
          {annotations.map(({ level, message }) => (
            <p
              key={`${level} ${message}`}
              className={`rounded-md px-2.5 py-1.5 text-sm ${level === "failure" ? "bg-bad-soft text-bad" : level === "warning" ? "bg-warn-soft text-warn" : "bg-sunken text-ink-2"}`}
            >
              {message}
            </p>
          ))}
          {threads.map((thread) => (
            <ThreadView key={thread.threadId} requestId={requestId} thread={thread} onChanged={onChanged} />
          ))}
          {sending.outgoing.length > 0 && (
            <div className="rounded-md border border-dashed border-line-strong bg-surface">
              <OutgoingComments of={sending} />
            </div>
          )}
          {writing && (
            <CommentBox
              draftKey={`${requestId} row ${anchor}`}
              label={`Comment on ${anchor}`}
              sendLabel="Begin a thread"
              onSend={async (body) => {
                sending.post(body);
                onWriting(false);
              }}
            >
              <Button onClick={() => onWriting(false)}>Cancel</Button>
            </CommentBox>
          )}
        </div>
      </td>
    </tr>
  );
}
