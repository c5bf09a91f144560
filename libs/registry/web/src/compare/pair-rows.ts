/** One line of a comparison; undefined: this side has no such thing. */
export interface PairRow<Value> {
  readonly key: string;
  readonly a: Value | undefined;
  readonly b: Value | undefined;
  readonly differs: boolean;
}

const inOrder = new Intl.Collator("en", { numeric: true });

/** What both sides have under each name, in the names' order. Of two with the same name on a side the last counts. */
export function pairRows<Entry extends { readonly key: string }, Value extends string | number>(
  a: readonly Entry[],
  b: readonly Entry[],
  readValue: (entry: Entry) => Value,
): readonly PairRow<Value>[] {
  const [ofA, ofB] = [a, b].map((side) => new Map(side.map((entry) => [entry.key, readValue(entry)])));
  const keys = new Set([...(ofA?.keys() ?? []), ...(ofB?.keys() ?? [])]);
  return [...keys].toSorted(inOrder.compare).map((key) => {
    const [one, other] = [ofA?.get(key), ofB?.get(key)];
    return { key, a: one, b: other, differs: one !== other };
  });
}
