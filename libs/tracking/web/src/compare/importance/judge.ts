/** What an out-of-bag R² means, in plain words. */
export function judge(outOfBag: number | null): { readonly words: string; readonly weak: boolean } {
  if (outOfBag === null)
    return { words: "Too few runs, or no param that differs: nothing can be said.", weak: true };
  if (outOfBag < 0.1)
    return { words: "The params say next to nothing about the target; do not trust the shares.", weak: true };
  if (outOfBag < 0.4)
    return { words: "The params explain a small part of the target; take the shares as hints.", weak: true };
  if (outOfBag < 0.75) return { words: "The params explain much of the target.", weak: false };
  return { words: "The params explain most of the target.", weak: false };
}

export const reasons = {
  constant: "the same in all runs",
  "too-many-values": "a different text in nearly every run",
  "too-many-params": "more params than are looked at",
} as const;
