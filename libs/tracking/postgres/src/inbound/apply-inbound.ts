import { DomainError } from "@runweir/errors";
import { type AuditEvent, auditService, type Caller } from "@runweir/identity-domain";
import type { SegmentOutcome } from "@runweir/ingest-domain";
import type { InboundEntry, InboundOutcome } from "@runweir/ingest-inbound";
import { type Queryable, type Statements, withinTransaction } from "@runweir/postgres";
import { applyRunEvent, type Tracking, type TrackingStore, trackingAudit } from "@runweir/tracking-domain";
import type { WorkspaceChange } from "../announce-change.ts";
import { applySegments } from "../metrics/apply-segments.ts";
import { trackingStoreOn } from "../store/tracking-store.ts";
import { guardedBy, type InboundProducer, type ProducedTracking, unguarded } from "./inbound-producer.ts";

export interface AppliedInbound {
  /** One per entry, in the order given. */
  readonly outcomes: readonly InboundOutcome[];
  /** To be announced once the transaction is committed. */
  readonly changes: readonly WorkspaceChange[];
  readonly unfoldedBytes: ReadonlyMap<number, number>;
}

export interface InboundWays {
  readonly trackingOver: (store: TrackingStore) => Tracking;
  /** With whose rights; undefined where nobody has to sign in. */
  readonly producer?: InboundProducer | undefined;
  /** Enters into the audit log in the transaction, where there is one. */
  readonly enter?: ((client: Queryable, caller: Caller, event: AuditEvent) => Promise<unknown>) | undefined;
}

/**
 * Applies messages of producers in an open transaction: first the events in their order, each by itself, then all points
 * at once, since points need nothing of what was said before but that their run is there. Rejects with what may pass by
 * itself; everything else is the outcome of its message.
 */
export async function applyInbound(
  client: Queryable,
  entries: readonly InboundEntry[],
  { trackingOver, producer, enter }: InboundWays,
): Promise<AppliedInbound> {
  const statements = withinTransaction(client);
  const changes: WorkspaceChange[] = [];
  const announce = (workspace: string, change: WorkspaceChange["change"]) => {
    changes.push({ workspace, change });
  };
  const bare = trackingOver(trackingStoreOn(statements, { announce }));
  // Of the message that is applied, and of all that were: entered at the end, since from there on nobody else can enter.
  const noted: [Caller, AuditEvent][] = [];
  const toEnter: [Caller, AuditEvent][] = [];
  const audited = auditService(bare, trackingAudit, (work) =>
    work(bare, async (caller, event) => noted.push([caller, event])),
  );
  const produced = producer ? guardedBy(producer, audited, statements) : unguarded(audited);
  const refused = new Map<InboundEntry, InboundOutcome>();
  for (const entry of entries) {
    const outcome = (await applyEvent(statements, produced, entry)) ?? (await refusePoints(produced, entry));
    if (outcome) refused.set(entry, outcome);
    else toEnter.push(...noted);
    noted.length = 0;
  }
  const segments = entries.flatMap((entry) =>
    entry.content.kind === "points" && !refused.has(entry) ? entry.content.segments : [],
  );
  const applied = await applySegments(client, segments);
  if (applied.status === "fenced") throw new Error("a write without a position cannot be fenced");
  for (const [caller, event] of toEnter) await enter?.(client, caller, event);
  let taken = 0;
  const outcomes = entries.map((entry): InboundOutcome => {
    const { content } = entry;
    const refusal = refused.get(entry);
    if (refusal || content.kind === "event")
      return refusal ?? { status: "applied", points: 0, repeatedPoints: 0 };
    const from = taken;
    taken += content.segments.length;
    return outcomeOf(content.segments, applied.outcomes.slice(from, taken));
  });
  return { outcomes, changes: [...changes, ...applied.changes], unfoldedBytes: applied.unfoldedBytes };
}

/** Undefined: applied, or no event. A refused event leaves nothing behind. */
async function applyEvent(
  statements: Statements,
  { callerOf, tracking }: ProducedTracking,
  { content, workspace, loggedAt }: InboundEntry,
): Promise<InboundOutcome | undefined> {
  if (content.kind !== "event") return undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await statements.transaction(async () => {
        const { event } = content;
        // Whoever makes an experiment may log to it from the next question on.
        await applyRunEvent(tracking, () => callerOf(workspace), event, loggedAt);
      });
      return undefined;
    } catch (error) {
      if (error instanceof DomainError && (error.code === "unavailable" || error.code === "storage_full"))
        throw error;
      // Somebody may have made the same experiment at this very moment; then it is there now.
      const raced = error instanceof DomainError && error.code === "already_exists" && attempt === 1;
      if (!raced) return refusal(error, content.event.runId);
    }
  }
}

/** Undefined: they may be written, or are none. */
async function refusePoints(
  { requirePoints }: ProducedTracking,
  { content, workspace }: InboundEntry,
): Promise<InboundOutcome | undefined> {
  if (content.kind !== "points") return undefined;
  try {
    await requirePoints(workspace, [...new Set(content.segments.map(({ runId }) => runId))]);
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "permission_denied") throw error;
    const runs = content.segments.map(({ runId, points }) => ({ runId, points }));
    return { status: "refused", reason: "refused", runs, explanation: error.message };
  }
}

function refusal(error: unknown, runId: string): InboundOutcome {
  const explanation = error instanceof Error ? error.message : String(error);
  const runs = [{ runId, points: 0 }];
  const { code, field } = error instanceof DomainError ? error : { code: undefined, field: undefined };
  if (field === "run_id" && code === "not_found")
    return { status: "refused", reason: "run_not_found", runs, explanation };
  if (field === "run_id" && code === "failed_precondition")
    return { status: "refused", reason: "run_deleted", runs, explanation };
  return { status: "refused", reason: "refused", runs, explanation };
}

/** A message with points of several runs is refused as a whole where one of them is not there: applied again it does no harm. */
function outcomeOf(
  segments: readonly { readonly runId: string; readonly points: number }[],
  outcomes: readonly SegmentOutcome[],
): InboundOutcome {
  const at = (status: SegmentOutcome["status"]) => segments.filter((_, i) => outcomes[i]?.status === status);
  const [absent, deleted] = [at("run_not_found"), at("run_deleted")];
  const runs = [...absent, ...deleted];
  if (absent[0]) {
    const explanation = `Run with id=${absent[0].runId} not found`;
    return { status: "refused", reason: "run_not_found", runs, explanation };
  }
  if (deleted[0]) {
    const explanation = `The run ${deleted[0].runId} is deleted.`;
    return { status: "refused", reason: "run_deleted", runs, explanation };
  }
  return { status: "applied", points: sum(at("applied")), repeatedPoints: sum(at("repeated")) };
}

function sum(segments: readonly { readonly points: number }[]): number {
  return segments.reduce((total, { points }) => total + points, 0);
}
