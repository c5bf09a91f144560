"use client";

import { Badge, RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import type { ReactNode } from "react";
import { useDiff } from "../changes/use-diff.ts";
import { policyWords } from "../policy-words.ts";
import type { RequestView, Verdict } from "../review-api.ts";
import { modelOf, moveWords } from "../target-words.ts";

/** Who was asked, under which policy, what the version is made of, and what will happen. */
export function RequestAside({ view }: { readonly view: RequestView }) {
  const { request, policy, verdicts } = view;
  const diff = useDiff(request);
  const candidate = diff.data?.[0]?.candidate;
  const model = modelOf(request);
  const spoken = new Map(verdicts.map((verdict) => [verdict.reviewer.id, verdict]));
  const asked = request.reviewers.filter(({ id }) => !spoken.has(id));
  const owners = request.owners.filter((owner) => !asked.some(({ name }) => name === owner));
  /** Somebody of the group has approved, so that it needs nobody else. */
  const isAnswered = (group: string) =>
    verdicts.some(({ isCounted, groups }) => isCounted && groups.includes(group));
  return (
    <>
      <Part title="Reviewers">
        {[...spoken.values()].map((verdict) => (
          <Who key={verdict.reviewer.id} name={verdict.reviewer.name}>
            <VerdictBadge verdict={verdict} />
          </Who>
        ))}
        {asked.map(({ id, name, kind }) => (
          <Who key={id} name={name} isOwner={request.owners.includes(name)}>
            {kind === "group" && isAnswered(name) ? (
              <Badge tone="ok">approved</Badge>
            ) : (
              <Badge tone="warn">requested</Badge>
            )}
          </Who>
        ))}
        {owners.map((owner) => (
          <Who key={owner} name={owner} isOwner>
            <Badge tone={isAnswered(owner) ? "ok" : "warn"}>
              {isAnswered(owner) ? "approved" : "requested"}
            </Badge>
          </Who>
        ))}
        {spoken.size + asked.length + owners.length === 0 && <p className="text-ink-3">Nobody was asked.</p>}
      </Part>
      <Part title="Policy">
        <p>
          {request.policy.name === "none" ? "None names this target" : request.policy.name}
          {request.policy.revision > 0 && (
            <span className="text-ink-3"> · revision {request.policy.revision}</span>
          )}
        </p>
        <p className="text-ink-3">{policyWords(policy)}</p>
      </Part>
      {candidate && model !== undefined && (
        <Part title="Lineage">
          <p>
            version{" "}
            <ZoneLink
              href={`/models/${encodeURIComponent(model)}/${candidate.version}`}
              className="font-semibold hover:underline"
            >
              {candidate.version}
            </ZoneLink>
          </p>
          {candidate.runId !== undefined && (
            <p className="truncate">
              run{" "}
              <ZoneLink href={`/runs/${candidate.runId}`} className="font-semibold hover:underline">
                {candidate.runName ?? candidate.runId.slice(0, 8)}
              </ZoneLink>
            </p>
          )}
          {candidate.datasets.map(({ name, digest }) => (
            <p key={`${name} ${digest}`}>
              data{" "}
              <Badge>
                {name} · {digest}
              </Badge>
            </p>
          ))}
          {candidate.code?.commit !== undefined && (
            <p>
              code <span className="num">{candidate.code.commit.slice(0, 8)}</span>{" "}
              {candidate.code.isDirty === true && <Badge tone="warn">uncommitted changes</Badge>}
            </p>
          )}
        </Part>
      )}
      {request.subject.kind === "moves" && (
        <Part title={request.state === "applied" ? "What moved" : "If applied"}>
          {request.subject.moves.map((move) => (
            <p key={moveWords(move)} className="text-ink-3">
              {moveWords(move)}
            </p>
          ))}
          {request.endTime === undefined && policy.revert_hours > 0 && request.revertOf === undefined && (
            <p className="text-ink-3">It can be taken back without approvals for {policy.revert_hours} h.</p>
          )}
          {request.endTime !== undefined && (
            <p className="text-ink-3">
              <RelativeTime at={request.endTime} />
            </p>
          )}
          {request.revertOf !== undefined && (
            <p>
              takes back{" "}
              <ZoneLink href={`/reviews/${request.revertOf}`} className="hover:underline">
                #{request.revertOf}
              </ZoneLink>
            </p>
          )}
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="flex flex-col gap-1.5 border-b border-line pb-3.5 text-sm last:border-b-0"
    >
      <h2 className="text-xs font-semibold text-ink-3">{title}</h2>
      {children}
    </section>
  );
}

function Who({
  name,
  isOwner = false,
  children,
}: {
  readonly name: string;
  readonly isOwner?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <p className="flex items-center gap-2">
      <span
        aria-hidden
        className="grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      >
        {name.charAt(0).toUpperCase()}
      </span>
      <span className="min-w-0 flex-1 truncate">
        {name}
        {isOwner && <span className="text-ink-3"> owns this</span>}
      </span>
      {children}
    </p>
  );
}

function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  if (verdict.isStale) return <Badge title="Said of an older version">stale</Badge>;
  if (verdict.kind === "request_changes") return <Badge tone="bad">asked for changes</Badge>;
  return verdict.isCounted ? (
    <Badge tone="ok">approved</Badge>
  ) : (
    <Badge title="Does not count under the policy">approved, not counted</Badge>
  );
}
