"use client";

import { Button } from "@runweir/web-ui";
import { type CheckRun, type Thread, useReviewClient } from "../review-api.ts";
import { CommentBox } from "../talk/comment-box.tsx";
import { ThreadView } from "../talk/thread-view.tsx";

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
  if (threads.length === 0 && annotations.length === 0 && !writing) return null;
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
          {writing && (
            <CommentBox
              draftKey={`${requestId} row ${anchor}`}
              label={`Comment on ${anchor}`}
              sendLabel="Begin a thread"
              onSend={async (body) => {
                await client.comments.add.mutate({ requestId, anchor, body });
                onWriting(false);
                await onChanged();
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
