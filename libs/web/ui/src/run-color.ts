/** Colours of the palette in tokens.css (`--run-1` ...). */
export const runColorCount = 10;

/**
 * The palette slot (1 to 10) of a run, the same in every chart, table and session: a hash of its id (FNV-1a, 32 bit).
 * `override` is a slot chosen by a person.
 */
export function runColorSlot(runId: string, override?: number): number {
  if (override !== undefined && Number.isInteger(override) && override >= 1 && override <= runColorCount) {
    return override;
  }
  let hash = 0x811c9dc5;
  for (let index = 0; index < runId.length; index++) {
    hash ^= runId.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  // The low bits of FNV-1a are the weak ones; fold the high ones in before taking the remainder.
  hash ^= hash >>> 15;
  return ((hash >>> 0) % runColorCount) + 1;
}

/** A CSS colour that follows the theme. */
export function runColor(runId: string, override?: number): string {
  return `var(--run-${runColorSlot(runId, override)})`;
}

/**
 * Slots for runs that are drawn together: each keeps its own where it can; of two runs with the same slot the later one
 * moves to the next free slot, so that up to ten curves in one chart are never confused.
 */
export function runColorSlots(runIds: readonly string[]): ReadonlyMap<string, number> {
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  const ids = [...new Set(runIds)];
  const displaced: string[] = [];
  for (const id of ids) {
    const slot = runColorSlot(id);
    if (taken.has(slot)) displaced.push(id);
    else {
      taken.add(slot);
      slots.set(id, slot);
    }
  }
  for (const id of displaced) {
    const own = runColorSlot(id);
    const free = Array.from({ length: runColorCount }, (_, step) => ((own - 1 + step) % runColorCount) + 1);
    const slot = free.find((candidate) => !taken.has(candidate)) ?? own;
    taken.add(slot);
    slots.set(id, slot);
  }
  return slots;
}
