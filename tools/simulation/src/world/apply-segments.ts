import { DomainError } from "@runweir/errors";
import {
  type Applied,
  type Authors,
  type DeadLetter,
  digestOf,
  type IncomingSegment,
  type SegmentStore,
  type SourceStretch,
} from "@runweir/ingest-domain";
import { recordName } from "./partition-log.ts";
import { changeShard, type StoreState, shardAt } from "./store-state.ts";

export type ApplyBatch = Parameters<SegmentStore["apply"]>[0];

/** Requests seen lately. */
export interface RequestMemory {
  has(digest: string): boolean;
  add(digest: string): void;
}

/** The two generations of the table of requests. */
export function storedRequests(state: StoreState): RequestMemory {
  return {
    has: (digest) => state.requests[0].has(digest) || state.requests[1].has(digest),
    add: (digest) => state.requests[state.generation].add(digest),
  };
}

function nextClaim(state: StoreState): number {
  state.lastClaim += 1;
  return state.lastClaim;
}

/** As tracking.claim_partition. */
export function claimPartition(state: StoreState, partition: number) {
  const before = state.positions.get(partition) ?? {
    epoch: 0,
    nextOffset: 0,
    leaders: [],
    agreedWith: undefined,
  };
  const claimed = { ...before, epoch: nextClaim(state) };
  state.positions.set(partition, claimed);
  return claimed;
}

/** Moves a position if it stands where the stretch begins, under the epoch of the stretch. */
export function movePosition(state: StoreState, stretch: SourceStretch): boolean {
  const at = state.positions.get(stretch.partition);
  if (!at || at.epoch !== stretch.epoch || at.nextOffset !== stretch.offset) return false;
  state.positions.set(stretch.partition, { ...at, nextOffset: stretch.nextOffset });
  return true;
}

/** As tracking postgres places a partition: another claim of the same owner. */
export function placePartition(
  state: StoreState,
  stretch: SourceStretch,
  authors: Authors,
): number | undefined {
  if (!movePosition(state, stretch)) return undefined;
  const epoch = nextClaim(state);
  state.positions.set(stretch.partition, { epoch, nextOffset: stretch.nextOffset, ...authors });
  return epoch;
}

/** As tracking.apply_segments and the dead letters beside it: all of it or nothing. */
export function applyBatch(
  state: StoreState,
  batch: ApplyBatch,
  requests: RequestMemory = storedRequests(state),
): Applied {
  assertStorable(batch.entries);
  if (!movePosition(state, batch.stretch)) return { status: "fenced" };
  return applyEntries(state, batch, requests);
}

/** Everything of a batch but its position. */
export function applyEntries(
  state: StoreState,
  { entries, deadLetters, stretch }: ApplyBatch,
  requests: RequestMemory,
): Extract<Applied, { status: "applied" }> {
  assertStorable(entries);
  const outcomes = entries.map((segment) => applySegment(state, segment, stretch.partition, requests));
  for (const letter of deadLetters) setAside(state, stretch.partition, letter);
  noteDealtWith(state, stretch.partition, [
    ...entries.map(({ offset, digest }) => recordName(offset, digest)),
    ...deadLetters.map(({ offset, body }) => recordName(offset, digestOf(body))),
  ]);
  const unfoldedBytes = new Map(
    entries.map(({ shard }) => {
      const { writtenBytes, foldedBytes } = shardAt(state, shard);
      return [shard, writtenBytes - foldedBytes];
    }),
  );
  return { status: "applied", outcomes, unfoldedBytes };
}

/** Postgres takes no NUL in a text: such a segment fails its transaction, however often it is tried. */
function assertStorable(entries: readonly IncomingSegment[]): void {
  if (entries.some((segment) => segment.workspace.includes("\0")))
    throw new DomainError("internal", "The metrics could not be stored.", {
      cause: new Error('invalid byte sequence for encoding "UTF8": 0x00'),
    });
}

function applySegment(
  state: StoreState,
  segment: IncomingSegment,
  partition: number,
  requests: RequestMemory,
): Extract<Applied, { status: "applied" }>["outcomes"][number] {
  const { digest, points, body, sender } = segment;
  const run = state.runs.get(segment.runId);
  if (!run || run.workspace !== segment.workspace) {
    setAside(state, partition, letterOf(segment));
    return { status: "run_not_found" };
  }
  if (sender) {
    const name = `${run.runNo}/${sender.client}`;
    state.senders.set(name, new Set([...(state.senders.get(name) ?? []), sender.sequence]));
  }
  if (requests.has(digest)) {
    count(state, run.runNo, { repeatedSegments: 1 });
    return { status: "repeated" };
  }
  requests.add(digest);
  noteAccepted(state, digest);
  const { lastSeq, writtenBytes, segments } = shardAt(state, segment.shard);
  const seq = lastSeq + 1;
  changeShard(state, segment.shard, {
    lastSeq: seq,
    writtenBytes: writtenBytes + body.length,
    segments: new Map(segments).set(seq, { runNo: run.runNo, seq, points, body }),
  });
  count(state, run.runNo, { segments: 1, points });
  return { status: "applied", sequenceNumber: seq };
}

function letterOf(segment: IncomingSegment): DeadLetter {
  const reason = "run_not_found";
  const { offset = 0, workspace, runId, points, body } = segment;
  return { offset, reason, explanation: reason, workspace, runs: [{ runId, points }], headers: {}, body };
}

/** ON CONFLICT DO NOTHING on (source, partition, log_offset, md5(body)). */
function setAside(state: StoreState, partition: number, letter: DeadLetter): void {
  const name = `${partition}/${letter.offset}/${digestOf(letter.body)}`;
  if (!state.deadLetters.has(name)) state.deadLetters.set(name, { ...letter, partition });
}

function count(
  state: StoreState,
  runNo: number,
  more: { segments?: number; points?: number; repeatedSegments?: number },
): void {
  const before = state.deliveries.get(runNo);
  state.deliveries.set(runNo, {
    segments: (before?.segments ?? 0) + (more.segments ?? 0),
    points: (before?.points ?? 0) + (more.points ?? 0),
    repeatedSegments: (before?.repeatedSegments ?? 0) + (more.repeatedSegments ?? 0),
  });
}

function noteDealtWith(state: StoreState, partition: number, records: readonly string[]): void {
  const before = state.dealtWith.get(partition) ?? [];
  state.dealtWith.set(partition, new Set([...before, ...records]));
}

function noteAccepted(state: StoreState, digest: string): void {
  const before = state.accepted.get(digest);
  if (before !== undefined && state.rotations - before < 2) state.doubled = [...state.doubled, digest];
  state.accepted.set(digest, state.rotations);
}
