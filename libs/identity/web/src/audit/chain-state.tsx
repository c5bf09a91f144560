"use client";

import type { AuditPosition } from "@runweir/identity-domain";
import { Button, CopyButton, ErrorState, formatCount, formatInstant, Progress } from "@runweir/web-ui";
import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useVerification, type Verification } from "./use-verification.ts";

/** Whether the log is as it was written: found out when asked, since all of it is read for that. */
export function ChainState() {
  const { verification, verify } = useVerification();
  const isRunning = verification.state === "running";
  return (
    <section
      aria-label="Chain of entries"
      className="flex min-h-11 flex-wrap items-center gap-x-2.5 gap-y-1.5 rounded-lg border border-line bg-surface px-3 py-1.5 text-sm"
    >
      <div role="status" className="flex min-w-0 flex-1 basis-60 items-center gap-2">
        <ChainSentence verification={verification} />
      </div>
      <Button onClick={() => void verify()} busy={isRunning}>
        {isRunning ? "Verifying" : verification.state === "none" ? "Verify" : "Verify again"}
      </Button>
    </section>
  );
}

function ChainSentence({ verification }: { readonly verification: Verification }) {
  switch (verification.state) {
    case "none":
      return (
        <>
          <ShieldQuestion aria-hidden className="size-4 shrink-0 text-ink-3" />
          <span className="text-ink-2">
            Each entry holds the hash of the one before. Verifying them shows whether any was changed or taken
            away.
          </span>
        </>
      );
    case "running":
      return (
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          <span className="text-ink-2">
            {verification.of === 0
              ? "Verifying the first entries"
              : `${formatCount(verification.verified)} of ${formatCount(verification.of)} entries verified`}
          </span>
          <Progress
            label="Entries verified"
            value={verification.of === 0 ? null : verification.verified / verification.of}
          />
        </div>
      );
    case "whole":
      return (
        <>
          <ShieldCheck aria-hidden className="size-4 shrink-0 text-ok" />
          <span>
            {verification.verified === undefined
              ? "There are no entries to verify."
              : `Verified up to entry ${formatCount(verification.verified.sequence)} at ${formatInstant(verification.at)}.`}
          </span>
          <Anchor position={verification.verified} />
        </>
      );
    case "broken":
      return (
        <>
          <ShieldAlert aria-hidden className="size-4 shrink-0 text-bad" />
          <span>
            <strong className="font-semibold text-bad">{verification.message}</strong>{" "}
            {verification.verified === undefined
              ? "Nothing before it is known to be whole."
              : `Entries up to ${formatCount(verification.verified.sequence)} are as they were written.`}
          </span>
          <Anchor position={verification.verified} />
        </>
      );
    case "failed":
      return <ErrorState compact problem={verification.problem} className="flex-1" />;
  }
}

/** What one notes elsewhere, for `runweir audit verify --anchor`. */
function Anchor({ position }: { readonly position: AuditPosition | undefined }) {
  if (position === undefined) return null;
  return (
    <CopyButton
      text={`${position.sequence}:${position.hash}`}
      label="Copy its anchor: noted elsewhere, it proves later that nothing up to there was changed"
    />
  );
}
