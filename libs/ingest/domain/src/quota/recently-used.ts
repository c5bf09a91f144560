interface Held<Entry> {
  readonly entry: Entry;
  weight: number;
}

/** Entries by name, of which those used longest ago are forgotten when together they weigh more than allowed. */
export class RecentlyUsed<Entry> {
  readonly #held = new Map<string, Held<Entry>>();
  readonly #weightOf: (entry: Entry) => number;
  readonly #weightMax: number;
  #weight = 0;

  constructor(options: { readonly weightMax: number; weightOf(entry: Entry): number }) {
    this.#weightOf = options.weightOf;
    this.#weightMax = options.weightMax;
  }

  use(name: string, make: () => Entry): Entry {
    const held = this.#held.get(name) ?? { entry: make(), weight: 0 };
    this.#held.delete(name);
    this.#held.set(name, held);
    this.#weigh(name, held);
    return held.entry;
  }

  /** To be told when an entry weighs more or less than before. */
  reweigh(name: string): void {
    const held = this.#held.get(name);
    if (held) this.#weigh(name, held);
  }

  #weigh(name: string, held: Held<Entry>): void {
    const weight = this.#weightOf(held.entry);
    this.#weight += weight - held.weight;
    held.weight = weight;
    if (this.#weight <= this.#weightMax) return;
    for (const [other, { weight: freed }] of this.#held) {
      if (other === name) continue;
      this.#held.delete(other);
      this.#weight -= freed;
      if (this.#weight <= this.#weightMax) return;
    }
  }
}
