/**
 * The values used last: never more than `most`, and at least half of so many. They are kept in two generations, of which the older
 * one is dropped when the younger is full, because a value that is used all the time shall cost no more than being looked up.
 */
export class RecentValues<Value> {
  #younger = new Map<string, Value>();
  #older = new Map<string, Value>();
  readonly #generationMax: number;

  constructor(most: number) {
    this.#generationMax = Math.max(1, Math.floor(most / 2));
  }

  get(name: string): Value | undefined {
    const young = this.#younger.get(name);
    if (young !== undefined) return young;
    const old = this.#older.get(name);
    if (old !== undefined) this.set(name, old);
    return old;
  }

  /** Whether it is kept, without counting as a use. */
  has(name: string): boolean {
    return this.#younger.has(name) || this.#older.has(name);
  }

  set(name: string, value: Value): void {
    this.#older.delete(name);
    if (this.#younger.size >= this.#generationMax && !this.#younger.has(name)) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(name, value);
  }

  delete(name: string): void {
    this.#younger.delete(name);
    this.#older.delete(name);
  }
}
