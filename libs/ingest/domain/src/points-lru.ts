/** Things that hold points, the least lately used dropped first once they hold more than `pointsMax` together. */
export class PointsLru<Key, Value extends { readonly values: Float64Array }> {
  readonly #pointsMax: number;
  #entries = new Map<Key, Value>();
  #points = 0;

  /** A point takes 24 bytes, so a million of them 24 MB. */
  constructor(pointsMax: number) {
    this.#pointsMax = pointsMax;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  put(key: Key, entry: Value): void {
    const points = entry.values.length;
    if (points > this.#pointsMax || this.#entries.has(key)) return;
    this.#entries.set(key, entry);
    this.#points += points;
    for (const [oldest, dropped] of this.#entries) {
      if (this.#points <= this.#pointsMax) break;
      this.#entries.delete(oldest);
      this.#points -= dropped.values.length;
    }
  }
}
