import type { DeadLetterReason } from "@runweir/ingest-domain";
import { segmentReader } from "@runweir/ingest-domain";
import {
  type InboundEntry,
  type InboundOutcome,
  inboundReader,
  isInboundSource,
} from "@runweir/ingest-inbound";
import type { Database, Queryable } from "@runweir/postgres";
import { announceChanges, type WorkspaceChange } from "../announce-change.ts";
import { deliveryChanges } from "../delivery/delivery-changes.ts";
import { applyInbound, type InboundWays } from "../inbound/apply-inbound.ts";
import { applySegments } from "../metrics/apply-segments.ts";
import { rethrowWrite } from "../metrics/write-refusal.ts";
import { deadLetterNotFound } from "./dead-letter-store.ts";

/**
 * What became of a dead letter: `applied` now (points that were there already included), applied `before`, or `refused`
 * again, with the present reason.
 */
export type ReplayOutcome =
  | { readonly status: "applied"; readonly points: number; readonly repeatedPoints: number }
  | { readonly status: "before"; readonly replayedAt: Date }
  | { readonly status: "refused"; readonly reason: DeadLetterReason; readonly explanation: string };

interface LetterRow {
  readonly source: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: DeadLetterReason;
  readonly explanation: string;
  readonly workspace: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly set_aside_at: Date;
  readonly replayed_at: Date | null;
}

/**
 * Applies a record that was set aside, by today's state of things, and marks it in the same transaction; it is there once,
 * however often and by however many this is called. Rejects with `not_found`, and with `unavailable` when it may work later.
 */
export async function replayDeadLetter(
  id: number,
  options: Omit<InboundWays, "producer"> & { readonly database: Database },
): Promise<ReplayOutcome> {
  return options.database
    .transaction(async (client) => {
      const { rows } = await client.query<LetterRow>(
        `SELECT source, partition, log_offset AS offset, reason, explanation, workspace, headers, body, set_aside_at, replayed_at
         FROM tracking.dead_letter WHERE dead_letter_id = $1 FOR UPDATE`,
        [id],
      );
      const [letter] = rows;
      if (!letter) throw deadLetterNotFound(id);
      if (letter.replayed_at) return { status: "before" as const, replayedAt: letter.replayed_at };
      const { outcome, changes } = await apply(client, letter, options);
      if (outcome.status === "applied") {
        await client.query(
          "UPDATE tracking.dead_letter SET replayed_at = clock_timestamp() WHERE dead_letter_id = $1",
          [id],
        );
      }
      await announceChanges(client, [...changes, ...(await deliveryChanges(client, [id]))]);
      return outcome;
    })
    .catch(rethrowWrite);
}

interface Replayed {
  readonly outcome: Exclude<ReplayOutcome, { status: "before" }>;
  readonly changes: readonly WorkspaceChange[];
}

const refuse = ({ reason, explanation }: Pick<LetterRow, "reason" | "explanation">): Replayed => ({
  outcome: { status: "refused", reason, explanation },
  changes: [],
});

function apply(client: Queryable, letter: LetterRow, ways: InboundWays): Promise<Replayed> | Replayed {
  if (letter.reason === "lost") return refuse(letter);
  if (isInboundSource(letter.source)) return applyMessage(client, letter, ways);
  return applySegment(client, letter);
}

async function applyMessage(client: Queryable, letter: LetterRow, ways: InboundWays): Promise<Replayed> {
  const { offset, headers, body, set_aside_at } = letter;
  const record = { offset, headers, body, loggedAt: set_aside_at.getTime() };
  const read = await inboundReader.read(record, letter.partition);
  if ("deadLetter" in read) return refuse(read.deadLetter);
  const { outcomes, changes } = await applyInbound(client, [withoutLag(read.entry)], ways);
  return { outcome: outcomes[0] as InboundOutcome, changes };
}

/** How long somebody took to replay is not how long the log took. */
function withoutLag(entry: InboundEntry): InboundEntry {
  const { content } = entry;
  if (content.kind === "event") return entry;
  const segments = content.segments.map((segment) => ({ ...segment, loggedAt: undefined }));
  return { ...entry, content: { kind: "points", segments } };
}

async function applySegment(client: Queryable, letter: LetterRow): Promise<Replayed> {
  const { offset, partition, workspace, headers, body, set_aside_at } = letter;
  const { client: sender, sequence } = headers;
  const record = {
    offset,
    loggedAt: set_aside_at.getTime(),
    workspace: workspace ?? undefined,
    client: sender,
    sequence,
    body,
  };
  const read = await segmentReader.read(record, partition);
  if ("deadLetter" in read) return refuse(read.deadLetter);
  const applied = await applySegments(client, [{ ...read.entry, loggedAt: undefined }]);
  if (applied.status === "fenced") throw new Error("a write without a position cannot be fenced");
  const { runId, points } = read.entry;
  const status = applied.outcomes[0]?.status;
  switch (status) {
    case "applied":
      return { outcome: { status: "applied", points, repeatedPoints: 0 }, changes: applied.changes };
    case "repeated":
      return { outcome: { status: "applied", points: 0, repeatedPoints: points }, changes: [] };
    case "run_deleted":
      return refuse({ reason: "run_deleted", explanation: `The run ${runId} is deleted.` });
    default:
      return refuse({ reason: "run_not_found", explanation: `Run with id=${runId} not found` });
  }
}
