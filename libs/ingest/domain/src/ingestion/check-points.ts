import { DomainError } from "@runweir/errors";
import type { SenderPosition } from "../log-transport.ts";
import type { PointBatch } from "../point-batch.ts";
import type { PlaceName, RunPoints } from "./ingestion.ts";
import { findNameFault, nameLengthMax } from "./name-fault.ts";

const runIdPattern = /^[A-Za-z0-9][\w-]{0,255}$/;
const clientLengthMax = 128;

/** Throws `invalid_argument` for the first thing of a run's points that is not in order, naming its place. */
export function checkRunPoints({ runId, points, sender }: RunPoints, place: PlaceName): void {
  if (!runIdPattern.test(runId))
    throw refused(
      place("run_id"),
      "must be 1 to 256 letters, digits, underscores or dashes, the first a letter or digit",
      quote(runId),
    );
  if (sender) checkSender(sender, place);
  if (points.values.length === 0) throw refused(place("step"), "must hold at least one point", "none");
  for (let i = 0; i < points.keys.length; i += 1) {
    const name = points.keys[i] as string;
    if (findNameFault(name) !== undefined) throw nameRefused(name, place("keys", i));
  }
  checkNumbers(points, place);
}

function checkSender({ client, sequence }: SenderPosition, place: PlaceName): void {
  if (
    client.length === 0 ||
    client.length > clientLengthMax ||
    client.includes("\0") ||
    !client.isWellFormed()
  )
    throw refused(place("client"), `must be 1 to ${clientLengthMax} characters of text`, quote(client));
  if (!Number.isSafeInteger(sequence) || sequence < 1)
    throw refused(place("sequence"), "must be a whole number from 1 to 2^53 - 1", String(sequence));
}

function checkNumbers({ keys, keyIndexes, steps, timestamps }: PointBatch, place: PlaceName): void {
  for (let i = 0; i < steps.length; i += 1) {
    if (!Number.isSafeInteger(steps[i]))
      throw refused(place("step", i), "must be a whole number within ±(2^53 - 1)", String(steps[i]));
  }
  for (let i = 0; i < timestamps.length; i += 1) {
    const timestamp = timestamps[i] as number;
    if (!(Number.isSafeInteger(timestamp) && timestamp >= 0))
      throw refused(
        place("timestamp", i),
        "must be a whole number of milliseconds since 1970, from 0 to 2^53 - 1",
        String(timestamp),
      );
  }
  const names = keys.length;
  for (let i = 0; i < keyIndexes.length; i += 1) {
    if ((keyIndexes[i] as number) >= names)
      throw refused(place("key", i), `must be an index from 0 to ${names - 1}`, String(keyIndexes[i]));
  }
}

function nameRefused(name: string, where: string): DomainError {
  const fault = findNameFault(name);
  if (fault?.kind === "length")
    return refused(where, `must be a metric name of at most ${nameLengthMax} characters`, quote(name));
  if (fault?.kind === "path")
    return refused(
      where,
      "must be a metric name that stays itself when it is read as a path",
      `${quote(name)}, which would be ${quote(fault.resolvesTo)}`,
    );
  return refused(where, "must be a metric name of letters, digits, spaces and _ - . : / only", quote(name));
}

function refused(field: string, rule: string, found: string): DomainError {
  return new DomainError("invalid_argument", `'${field}' ${rule}. Found ${found}.`, { field });
}

/** What was found, short enough for a message whatever was sent. */
export function quote(text: string): string {
  const shown = text.length > 80 ? text.slice(0, 80) : text;
  const quoted = JSON.stringify(shown.toWellFormed());
  return shown === text ? quoted : `${quoted}… (${text.length} characters)`;
}
