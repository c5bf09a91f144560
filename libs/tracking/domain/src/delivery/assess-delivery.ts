import { hasEnded, type RunInfo } from "../run.ts";
import type {
  ClientDelivery,
  Delivery,
  DeliveryCertificate,
  DeliveryCount,
  DeliveryLedger,
  DeliveryState,
} from "./delivery.ts";
import { sequenceGaps } from "./sequence-gaps.ts";

/** The number of the last batch that a client has sent, as the client says. */
export interface LastSequence {
  readonly client: string;
  readonly sequence: number;
}

const clientsMax = 100;
const gapsMax = 20;

/** What the ledger means. `complete` is null until there is a certificate of just this state. */
export function assessDelivery(
  { runId, status }: Pick<RunInfo, "runId" | "status">,
  ledger: DeliveryLedger,
  lastSequences: readonly LastSequence[] = [],
): Delivery {
  const { applied, repeated, rejected, storedPoints, certificate, ...rest } = ledger;
  const clients = assessClients(ledger, lastSequences);
  const missingBatches = clients.reduce((total, { missing }) => total + missing, 0);
  const received = applied.points + repeated.points;
  const certified = certificate !== null && isOf(certificate, ledger);
  const state = stateOf(ledger, missingBatches, hasEnded(status), certified);
  return {
    ...rest,
    runId,
    status,
    state,
    accepted: add(applied, repeated, rejected),
    applied,
    repeated,
    rejected,
    storedPoints,
    duplicatePoints: Math.max(0, received - storedPoints),
    clients: clients.slice(0, clientsMax),
    clientCount: clients.length,
    missingBatches,
    complete: state === "complete" ? certificate : null,
  };
}

/** Whether nothing stands between an ended run and its certificate but the certificate itself. */
export function deservesCertificate({ status, state }: Delivery): boolean {
  return hasEnded(status) && state === "in_progress";
}

function stateOf(
  ledger: DeliveryLedger,
  missingBatches: number,
  ended: boolean,
  certified: boolean,
): DeliveryState {
  if (ledger.rejected.batches > 0 || ledger.damagedBatches > 0) return "rejected";
  if (missingBatches > 0) return "gaps";
  if (ledger.storedPoints > ledger.applied.points) return "uncounted";
  return ended && certified ? "complete" : "in_progress";
}

/** A set of points that only grows is the same set as long as it has as many points. */
function isOf(certificate: DeliveryCertificate, ledger: DeliveryLedger): boolean {
  return certificate.points === ledger.storedPoints && certificate.batches === ledger.applied.batches;
}

function assessClients(
  ledger: DeliveryLedger,
  lastSequences: readonly LastSequence[],
): readonly ClientDelivery[] {
  const lasts = new Map<string, number>();
  for (const { client, sequence } of lastSequences)
    lasts.set(client, Math.max(sequence, lasts.get(client) ?? 0));
  const known = new Set(ledger.clients.map(({ client }) => client));
  const silent = [...lasts.keys()].filter((client) => !known.has(client));
  const all = [...ledger.clients, ...silent.map((client) => ({ client, received: [], lastAt: null }))];
  return all
    .map(
      ({ client, received, lastAt }): ClientDelivery => ({
        client,
        first: received[0]?.from ?? null,
        last: received.at(-1)?.to ?? null,
        batches: received.reduce((total, { from, to }) => total + to - from + 1, 0),
        ...sequenceGaps(received, gapsMax, lasts.get(client)),
        lastAt,
      }),
    )
    .sort((a, b) => Number(b.missing > 0) - Number(a.missing > 0) || compareText(a.client, b.client));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function add(...counts: readonly DeliveryCount[]): DeliveryCount {
  return {
    batches: counts.reduce((total, { batches }) => total + batches, 0),
    points: counts.reduce((total, { points }) => total + points, 0),
  };
}
