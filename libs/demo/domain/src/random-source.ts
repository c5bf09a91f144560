/** Numbers that look random and are the same for the same seed: mulberry32 (Tommy Ettinger, 2017). */
export interface RandomSource {
  /** In [0, 1). */
  next(): number;
  /** Normal distribution, mean 0, deviation 1 (Box-Muller). */
  normal(): number;
  /** A whole number in [low, high]. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
}

export function createRandomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick<T>(from: readonly T[]): T {
      const found = from[Math.floor(next() * from.length)];
      if (found === undefined) throw new RangeError("nothing to pick from");
      return found;
    },
  };
}
