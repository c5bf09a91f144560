"use client";

import { Card, Markdown, RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { type RequestView, useReviewClient } from "../review-api.ts";
import { CommentBox } from "./comment-box.tsx";
import { eventWords } from "./event-words.ts";
import { OutgoingComments } from "./outgoing-comments.tsx";
import { ThreadView } from "./thread-view.tsx";
import { useOutgoing } from "./use-outgoing.ts";

/** What was said and what happened, in its order. Threads on rows stand at their row, and here where they began. */
export function Conversation({
  view,
  onChanged,
}: {
  readonly view: RequestView;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const { request, threads, verdicts, events } = view;
  const { requestId } = request;
  const sending = useOutgoing(`${requestId} comment`, async (comment) => {
    await client.comments.add.mutate({ requestId, ...comment });
    await onChanged();
  });
  const said = [
    ...threads.map((thread) => ({
      key: `thread ${thread.threadId}`,
      time: thread.comments[0]?.creationTime ?? 0,
      node: (
        <div className="flex flex-col gap-1">
          {thread.anchor !== undefined && (
            <p className="text-sm text-ink-3">
              on{" "}
              <ZoneLink
                href={`/reviews/${requestId}?tab=changes#${encodeURIComponent(thread.anchor)}`}
                className="num hover:underline"
              >
                {thread.anchor}
              </ZoneLink>
            </p>
          )}
          <ThreadView requestId={requestId} thread={thread} onChanged={onChanged} />
        </div>
      ),
    })),
    ...verdicts
      .filter(({ body }) => body !== "")
      .map((verdict) => ({
        key: `verdict ${verdict.verdictId}`,
        time: verdict.time,
        node: (
          <section className="rounded-md border border-line bg-surface px-3 py-2 text-sm">
            <p className="flex items-center gap-1.5">
              <b className="font-semibold">{verdict.reviewer.name}</b>
              <RelativeTime at={verdict.time} className="text-ink-3" />
            </p>
            <Markdown text={verdict.body} className="pt-0.5" />
          </section>
        ),
      })),
    ...events
      .filter(({ kind }) => kind !== "commented")
      .map((event) => ({
        key: `event ${event.eventId}`,
        time: event.time,
        node: (
          <p className="flex flex-wrap items-center gap-1.5 pl-3 text-sm text-ink-2">
            <b className="font-semibold text-ink">{event.actor.name}</b> <span>{eventWords(event)}</span>{" "}
            <RelativeTime at={event.time} className="text-ink-3" />
          </p>
        ),
      })),
  ].toSorted((a, b) => a.time - b.time);
  return (
    <div className="flex flex-col gap-3">
      {request.body !== "" && (
        <Card aria-label="Why" className="p-3">
          <Markdown text={request.body} />
        </Card>
      )}
      <ol aria-label="Conversation" className="flex flex-col gap-3">
        {said.map(({ key, node }) => (
          <li key={key}>{node}</li>
        ))}
        {sending.outgoing.length > 0 && (
          <li className="rounded-md border border-dashed border-line-strong bg-surface">
            <OutgoingComments of={sending} />
          </li>
        )}
      </ol>
      <Card aria-label="Say something" className="p-3">
        <CommentBox
          draftKey={`${requestId} comment`}
          label="Comment"
          sendLabel="Comment"
          onSend={async (body) => sending.post(body)}
        />
      </Card>
    </div>
  );
}
