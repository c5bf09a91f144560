import { DomainError } from "@runweir/errors";
import { type DeadLetterReason, deadLetterReasons } from "@runweir/ingest-domain";
import type { DeadLetterFilter, DeadLetterHead } from "@runweir/tracking-postgres";

export interface DeadLetterOptions {
  readonly ids: readonly number[];
  readonly filter: DeadLetterFilter;
  readonly limit: number;
  readonly all: boolean;
  readonly replayed: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** Of the terminal. */
  readonly width: number;
  print(text: string): void;
}

export function readReason(word: string | undefined): DeadLetterReason | undefined {
  const reason = deadLetterReasons.find((one) => one === word);
  if (word === undefined || reason) return reason;
  throw new DomainError(
    "invalid_argument",
    `--reason: found ${JSON.stringify(word)}, allowed are ${deadLetterReasons.join(", ")}.`,
  );
}

/** As programs get it. */
export function toJson(letter: DeadLetterHead): object {
  return {
    id: letter.id,
    source: letter.source,
    partition: letter.partition,
    offset: letter.offset,
    reason: letter.reason,
    explanation: letter.explanation,
    workspace: letter.workspace,
    run_id: letter.runId,
    headers: letter.headers,
    bytes: letter.bytes,
    set_aside_at: letter.setAsideAt,
    replayed_at: letter.replayedAt,
  };
}

export function printTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace("T", " ")}Z`;
}
