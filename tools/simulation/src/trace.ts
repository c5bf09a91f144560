/** What happened, in order: the last lines as text, all of it as a number that two equal runs share. */
export interface Trace {
  readonly steps: number;
  readonly hash: string;
  add(now: number, line: string): void;
  last(): readonly string[];
}

export function createTrace(keep: number): Trace {
  const lines = new Array<{ readonly step: number; readonly now: number; readonly line: string }>(keep);
  let steps = 0;
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  return {
    get steps() {
      return steps;
    },
    get hash() {
      return (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0");
    },
    add(now, line) {
      lines[steps % keep] = { step: steps, now, line };
      steps += 1;
      low = Math.imul(low ^ Math.round(now * 1_000), 0x01000193);
      for (let i = 0; i < line.length; i += 1) {
        low = Math.imul(low ^ line.charCodeAt(i), 0x01000193);
        high = Math.imul(high ^ low, 0x5bd1e995) ^ (high >>> 13);
      }
    },
    last: () =>
      Array.from({ length: Math.min(keep, steps) }, (_, i) => {
        const { step, now, line } = lines[
          (steps - Math.min(keep, steps) + i) % keep
        ] as (typeof lines)[number];
        return `${String(step).padStart(6)}  ${now.toFixed(1).padStart(9)} ms  ${line}`;
      }),
  };
}
