"use client";

import { Badge, Button, Markdown } from "@runweir/web-ui";
import type { useOutgoing } from "./use-outgoing.ts";

/** What one said a moment ago, as it will stand there, and plainly not there yet. */
export function OutgoingComments({
  of: { outgoing, sendAgain, discard },
}: {
  readonly of: ReturnType<typeof useOutgoing>;
}) {
  return outgoing.map((one) => (
    <article
      key={one.id}
      aria-label="Your comment"
      className="border-b border-line px-3 py-2 text-sm last:border-b-0"
    >
      <div role="status" className="flex items-center gap-1.5">
        <b className="font-semibold">You</b>
        {one.state === "sending" ? (
          <span className="text-ink-3">sending…</span>
        ) : (
          <Badge tone={one.state === "failed" ? "bad" : "warn"}>
            {one.state === "failed" ? "not sent" : "perhaps not sent"}
          </Badge>
        )}
      </div>
      <Markdown text={one.body} className={one.state === "sending" ? "pt-0.5 opacity-70" : "pt-0.5"} />
      {one.state !== "sending" && (
        <div className="flex flex-wrap items-center gap-2 pt-1.5">
          <span className="min-w-0 flex-1 text-ink-2">
            {one.problem ?? "The page was left while it was sent. Send it again: it will stand there once."}
          </span>
          <Button onClick={() => discard(one)}>Discard</Button>
          <Button variant="primary" onClick={() => sendAgain(one)}>
            Send again
          </Button>
        </div>
      )}
    </article>
  ));
}
