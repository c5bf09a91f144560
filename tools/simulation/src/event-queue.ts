export interface Due<T> {
  readonly due: number;
  readonly item: T;
}

/** Events by their time; those of one time in the order in which they were added. */
export function createEventQueue<T>() {
  const heap: (Due<T> & { readonly order: number })[] = [];
  let order = 0;

  const isBefore = (i: number, j: number): boolean => {
    const [a, b] = [heap[i] as Due<T> & { order: number }, heap[j] as Due<T> & { order: number }];
    return a.due < b.due || (a.due === b.due && a.order < b.order);
  };
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j] as (typeof heap)[number], heap[i] as (typeof heap)[number]];
  };

  return {
    push(due: number, item: T): void {
      heap.push({ due, item, order });
      order += 1;
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!isBefore(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },

    /** The next event, unless it lies behind `until`. */
    pop(until: number): Due<T> | undefined {
      const first = heap[0];
      if (!first || first.due > until) return undefined;
      const last = heap.pop() as (typeof heap)[number];
      if (heap.length === 0) return first;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, at)) break;
        swap(at, child);
        at = child;
      }
      return first;
    },
  };
}
