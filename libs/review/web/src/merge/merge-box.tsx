"use client";

import { Button, Markdown, useHotkey } from "@runweir/web-ui";
import { useState } from "react";
import { CheckMark } from "../checks/check-mark.tsx";
import type { CheckRun, RequestView } from "../review-api.ts";
import { ApplyDialog } from "./apply-dialog.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useRequestActions } from "./use-request-actions.ts";
import { VerdictDialog } from "./verdict-dialog.tsx";

/** Says exactly what is missing, and offers only what the server would do. */
export function MergeBox({
  view,
  onChanged,
}: {
  readonly view: RequestView;
  readonly onChanged: () => Promise<unknown>;
}) {
  const [dialog, setDialog] = useState<"approve" | "apply" | "override" | "reject" | "close" | "revert">();
  const { request, requirements, canBeApplied, may, checks } = view;
  const actions = useRequestActions(view, onChanged);
  const isOver = ["applied", "rejected", "closed", "rolled_back"].includes(request.state);
  const close = (open: boolean) => {
    if (!open) setDialog(undefined);
  };
  useHotkey("a", "Approve or ask for changes", () => {
    if (may.approve) setDialog("approve");
  });
  return (
    <section
      aria-label="What is missing"
      className="overflow-hidden rounded-lg border border-line-strong bg-surface"
    >
      {!isOver && requirements.length === 0 && (
        <p className="border-b border-line px-3 py-2 text-sm text-ink-2">No policy asks for anything.</p>
      )}
      <ul>
        {(isOver ? [] : requirements).map(({ kind, name, text, isMet }) => (
          <li
            key={`${kind} ${name ?? ""} ${text}`}
            className="flex items-start gap-2.5 border-b border-line px-3 py-2 text-sm"
          >
            <CheckMark tone={isMet ? "ok" : kind === "threads" || kind === "approvals" ? "warn" : "bad"} />
            <div className="min-w-0 flex-1 break-words">
              {text}
              <span className="sr-only">{isMet ? ", done" : ", missing"}</span>
              {kind === "check" && !isMet && <CheckReason check={checks.find((one) => isAbout(one, name))} />}
            </div>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-2 bg-sunken p-3 text-sm">
        {isOver ? (
          <p className="text-ink-2">{endWords(view)}</p>
        ) : (
          <Button
            variant={canBeApplied && may.apply ? "primary" : "secondary"}
            size="lg"
            disabled={!(canBeApplied && may.apply)}
            onClick={() => setDialog("apply")}
          >
            {!canBeApplied ? "Cannot apply yet" : may.apply ? "Apply" : "Ready: somebody else may apply it"}
          </Button>
        )}
        {!isOver && (
          <Button disabled={!may.approve} onClick={() => setDialog("approve")}>
            Review
          </Button>
        )}
        {!isOver && !may.approve && may.approveReason !== undefined && (
          <p className="text-ink-3">{sentence(may.approveReason)}</p>
        )}
        {request.state === "draft" && may.edit && (
          <Button variant="primary" onClick={() => void actions.publish()}>
            Ask for review
          </Button>
        )}
        {!isOver && !canBeApplied && may.override && (
          <Button variant="danger" onClick={() => setDialog("override")}>
            Apply anyway
          </Button>
        )}
        {!isOver && may.approve && (
          <Button variant="danger" onClick={() => setDialog("reject")}>
            Reject
          </Button>
        )}
        {may.revert && <Button onClick={() => setDialog("revert")}>Revert</Button>}
        {!isOver && may.close && (
          <Button variant="ghost" onClick={() => setDialog("close")}>
            Close
          </Button>
        )}
        {(request.state === "closed" || request.state === "rejected") && may.edit && (
          <Button onClick={() => void actions.reopen()}>Open again</Button>
        )}
      </div>
      {dialog === "approve" && <VerdictDialog view={view} onOpenChange={close} onChanged={onChanged} />}
      {dialog === "apply" && <ApplyDialog view={view} onOpenChange={close} onApply={() => actions.apply()} />}
      {dialog === "override" && (
        <ReasonDialog
          title="Apply although something is missing?"
          description="It is done at once, shown in red in the audit log, and cannot be hidden. Say why."
          confirmLabel="Apply anyway"
          required
          onOpenChange={close}
          onConfirm={actions.apply}
        />
      )}
      {dialog === "reject" && (
        <ReasonDialog
          title="Reject the request?"
          description="Nothing moves, and its author is told why. Whoever opened it can open it again."
          confirmLabel="Reject the request"
          required
          onOpenChange={close}
          onConfirm={actions.reject}
        />
      )}
      {dialog === "close" && (
        <ReasonDialog
          title="Close the request?"
          description="Nothing moves. It can be opened again."
          confirmLabel="Close the request"
          onOpenChange={close}
          onConfirm={actions.close}
        />
      )}
      {dialog === "revert" && (
        <ReasonDialog
          title="Take it back?"
          description="This opens a request that moves everything to where it was; within the policy’s time it needs no approvals."
          confirmLabel="Open the revert"
          withoutReason
          onOpenChange={close}
          onConfirm={actions.revert}
        />
      )}
    </section>
  );
}

function isAbout(check: CheckRun, name: string | undefined): boolean {
  return check.isCurrent && check.name === name;
}

/** Why a check did not pass, in its own words: which gate, which section. All of it stands under Checks. */
function CheckReason({ check }: { readonly check: CheckRun | undefined }) {
  const reason = check?.title ?? check?.summary ?? "";
  return reason === "" ? null : <Markdown text={reason} className="line-clamp-4 text-ink-2" />;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function endWords({ request }: RequestView): string {
  switch (request.state) {
    case "applied":
      return `Applied${request.appliedBy === undefined ? "" : ` by ${request.appliedBy.name}`}.`;
    case "rejected":
      return "Rejected; nothing moved.";
    case "closed":
      return "Closed; nothing moved.";
    default:
      return "Applied, and taken back.";
  }
}
