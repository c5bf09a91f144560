/** Collects the values of a statement while it is printed; no text of a person ever becomes SQL. */
export class StatementValues {
  readonly list: unknown[] = [];

  /** The value's placeholder. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}
