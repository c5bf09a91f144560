"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Badge, Button, Card, CardHeader, Markdown, RelativeTime, useToast } from "@runweir/web-ui";
import { useState } from "react";
import { type CheckRun, type RequestView, useReviewClient } from "../review-api.ts";
import { checkLook } from "./check-look.ts";
import { CheckMark } from "./check-mark.tsx";

/** What checks say of the present version, built in and from outside. */
export function ChecksTab({
  view,
  onChanged,
}: {
  readonly view: RequestView;
  readonly onChanged: () => Promise<unknown>;
}) {
  const client = useReviewClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const { requestId } = view.request;
  const run = async () => {
    setBusy(true);
    try {
      await client.checks.run.mutate({ requestId });
      await onChanged();
    } catch (error) {
      toast({ title: "The checks did not run", description: describeError(error).message, tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-3.5">
      <div className="flex justify-end">
        <Button busy={busy} onClick={() => void run()}>
          Run the built-in checks again
        </Button>
      </div>
      {view.checks.length === 0 && <p className="text-sm text-ink-3">No check has reported yet.</p>}
      {view.checks.toSorted(byUrgency).map((check) => (
        <Check key={check.name} check={check} />
      ))}
    </div>
  );
}

/** What fails first, then what is required, then by name. */
function byUrgency(a: CheckRun, b: CheckRun): number {
  const rank = (run: CheckRun) => (checkLook(run).tone === "bad" ? 0 : 2) + (run.isRequired ? 0 : 1);
  return rank(a) - rank(b) || a.name.localeCompare(b.name);
}

function Check({ check }: { readonly check: CheckRun }) {
  const look = checkLook(check);
  return (
    <Card aria-label={`Check ${check.name}`}>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <CheckMark tone={look.tone} />
            {check.name}
          </span>
        }
        count={check.title && <span className="max-sm:hidden">{check.title}</span>}
      >
        {check.source === "external" && (
          <span className="truncate text-ink-3 max-sm:hidden">by {check.reportedBy}</span>
        )}
        {check.isRequired && <Badge>required</Badge>}
        {!check.isCurrent && <Badge tone="warn">of an older version</Badge>}
        <Badge tone={look.tone}>{look.words}</Badge>
        {check.completedTime !== undefined && (
          <RelativeTime at={check.completedTime} className="text-ink-3 max-sm:hidden" />
        )}
      </CardHeader>
      <div className="flex flex-col gap-2 px-3 pb-3 text-sm empty:hidden">
        {check.title && <p className="font-semibold sm:hidden">{check.title}</p>}
        {check.summary !== "" && <Markdown text={check.summary} />}
        {check.annotations.length > 0 && (
          <ul className="flex flex-col gap-1">
            {check.annotations.map(({ level, message, anchor }) => (
              <li key={`${anchor ?? ""} ${message}`} className="flex items-start gap-2">
                <Badge tone={level === "failure" ? "bad" : level === "warning" ? "warn" : "neutral"}>
                  {level}
                </Badge>
                <span className="min-w-0 break-words">{message}</span>
              </li>
            ))}
          </ul>
        )}
        {check.detailsUrl !== undefined && /^https?:\/\//.test(check.detailsUrl) && (
          <a
            href={check.detailsUrl}
            rel="noreferrer nofollow"
            target="_blank"
            className="break-all text-accent underline"
          >
            {check.detailsUrl}
          </a>
        )}
      </div>
    </Card>
  );
}
