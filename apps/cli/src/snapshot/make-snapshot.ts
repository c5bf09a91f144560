import { setTimeout as pause } from "node:timers/promises";
import type { SnapshotCommandOptions } from "./snapshot-command.ts";

interface Made {
  readonly number: number;
  readonly published: boolean;
  readonly rows_written: number;
  readonly bytes_written: number;
}

interface Building {
  readonly step: string;
  readonly points: { readonly done: number; readonly of: number } | null;
}

const lookMs = 250;

export async function makeSnapshot(options: SnapshotCommandOptions): Promise<void> {
  const { ask, json, print } = options;
  const made = Promise.resolve(ask("/api/snapshots", { method: "POST" })) as Promise<Made>;
  const answer = await (options.show ? whileShowing(made, options.ask, options.show) : made);
  if (json) print(JSON.stringify(answer, undefined, 2));
  else if (!answer.published) print(`Nothing has changed since snapshot ${answer.number}.`);
  else
    print(`Snapshot ${answer.number}: ${answer.rows_written} rows, ${toSize(answer.bytes_written)} written.`);
}

async function whileShowing<T>(
  work: Promise<T>,
  ask: SnapshotCommandOptions["ask"],
  show: (text: string) => void,
): Promise<T> {
  const began = performance.now();
  const over = new AbortController();
  const ended = work.finally(() => over.abort());
  ended.catch(() => {});
  while (!over.signal.aborted) {
    const list = await ask("/api/snapshots").catch(() => undefined);
    const building = (list as { readonly building: Building | null } | undefined)?.building;
    if (building && !over.signal.aborted) show(describe(building, (performance.now() - began) / 1_000));
    await pause(lookMs, undefined, { signal: over.signal }).catch(() => {});
  }
  show("");
  return ended;
}

function describe({ step, points }: Building, seconds: number): string {
  const share =
    points && points.of > 0
      ? `, ${Math.floor((100 * points.done) / points.of)} % of ${points.of} points`
      : "";
  return `${step}${share}, ${Math.round(seconds)} s`;
}

function toSize(bytes: number): string {
  if (bytes < 10_000) return `${bytes} bytes`;
  return bytes < 1e7 ? `${Math.round(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;
}
