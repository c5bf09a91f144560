/** A bulk move as `registry.bulk.*` answer it, as far as the command line looks at it. */
export interface BulkMove {
  readonly jobId: string;
  readonly state: string;
  readonly digest: string;
  readonly actor: { readonly name: string };
  readonly creationTime: number;
  readonly request: { readonly target: Pointer; readonly version: Which; readonly reason?: string };
  readonly selected: number;
  readonly refused: number;
  readonly refusals: readonly { readonly model: string; readonly reason: string }[];
  readonly items: number;
  readonly moved: number;
  readonly skipped: number;
  readonly undone: number;
  readonly kept: number;
}

export type Pointer =
  | { readonly kind: "alias"; readonly alias: string }
  | { readonly kind: "stage"; readonly stage: string };
export type Which = { readonly kind: "latest" | "none" } | Pointer;

/** Aliases with `@`; a name without it is a stage. */
export function readPointer(word: string): Pointer {
  return word.startsWith("@") ? { kind: "alias", alias: word.slice(1) } : { kind: "stage", stage: word };
}

export function readWhich(word: string): Which {
  return word === "latest" || word === "none" ? { kind: word } : readPointer(word);
}

function print(which: Which): string {
  if (which.kind === "alias") return `@${which.alias}`;
  return which.kind === "stage" ? which.stage : which.kind;
}

export function nameMove({ request: { target, version } }: BulkMove): string {
  return `${print(target)} to ${version.kind === "latest" ? "the latest version" : print(version)}`;
}

export function isUnderWay({ state }: BulkMove): boolean {
  return state === "applying" || state === "undoing";
}

/** How far the present direction has come: an undo goes over what was moved. */
export function progressOf(move: BulkMove): { readonly done: number; readonly of: number } {
  const isBack = ["undoing", "undo paused", "undone"].includes(move.state);
  return isBack
    ? { done: move.undone + move.kept, of: move.moved }
    : { done: move.moved + move.skipped, of: move.items };
}

/** 0 all of it, 2 but for some models, 3 it waits for somebody. */
export function exitCodeOf(move: BulkMove): 0 | 2 | 3 {
  if (move.state === "undone") return move.kept > 0 ? 2 : 0;
  if (move.state !== "applied" && move.items > 0) return 3;
  return move.refused + move.skipped > 0 ? 2 : 0;
}

export function describeBulkMove(move: BulkMove): string {
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
