import { type BulkJob, readTarget, type WantedVersion } from "@runweir/registry-domain";

export function readWhich(word: string): WantedVersion {
  return word === "latest" || word === "none" ? { kind: word } : readTarget(word);
}

function print(which: WantedVersion): string {
  if (which.kind === "alias") return `@${which.alias}`;
  return which.kind === "stage" ? which.stage : which.kind;
}

export function nameMove({ request: { target, version } }: BulkJob): string {
  return `${print(target)} to ${version.kind === "latest" ? "the latest version" : print(version)}`;
}

/** 0 all of it, 2 but for some models, 3 it waits for somebody. */
export function exitCodeOf(move: BulkJob): 0 | 2 | 3 {
  if (move.state === "undone") return move.kept > 0 ? 2 : 0;
  if (move.state !== "applied" && move.items > 0) return 3;
  return move.refused + move.skipped > 0 ? 2 : 0;
}

export function describeBulkMove(move: BulkJob): string {
  const { jobId, state, selected, items, refused, refusals, moved, skipped, undone, kept } = move;
  const unchanged = selected - items - refused;
  const line = (count: number, words: string) => (count > 0 ? [`  ${count} ${words}`] : []);
  return [
    `Bulk move ${jobId} is ${state}: ${nameMove(move)}`,
    `  ${items} of ${selected} models to move`,
    ...line(unchanged, "are there already, or have no such version"),
    ...line(refused, "left out:"),
    ...refusals.map(({ model, reason }) => `    ${model}: ${reason}`),
    ...line(refused - refusals.length, "more are left out"),
    ...line(moved, "moved"),
    ...line(skipped, "had moved since the plan, and stayed"),
    ...line(undone, "moved back"),
    ...line(kept, "had moved on, and stayed"),
  ].join("\n");
}
