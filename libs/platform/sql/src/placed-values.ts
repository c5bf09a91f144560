/** Collects the values of a statement while it is printed; no text of a person ever becomes SQL. */
export interface PlacedValues {
  /** The value's placeholder. */
  add(value: unknown): string;
}
