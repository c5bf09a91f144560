import { setTimeout as pause } from "node:timers/promises";

/** Waits for a condition, asking often; rejects with what was waited for, and what was last seen, after the limit. */
export async function until(
  what: string,
  limitMs: number,
  holds: () => Promise<boolean | string> | boolean | string,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = await holds();
    if (seen === true) return;
    if (performance.now() > deadline)
      throw new Error(`not within ${limitMs / 1_000} s: ${what}${seen ? `; last seen: ${seen}` : ""}`);
    await pause(50);
  }
}
