/**
 * What comes and goes thousands of times a second. A Set or Map is copied whenever it has filled up with what went, and a copy
 * that has grown old keeps alive, with their bodies, the requests that it held last: collections took twice as long.
 */
export class Slots<T> {
  readonly #items: (T | undefined)[] = [];
  readonly #free: number[] = [];

  /** The place by which it is removed. */
  add(item: T): number {
    const place = this.#free.pop() ?? this.#items.length;
    this.#items[place] = item;
    return place;
  }

  /** Once for each that was added. */
  remove(place: number): void {
    this.#items[place] = undefined;
    this.#free.push(place);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const item of this.#items) if (item !== undefined) yield item;
  }
}
