import type { PlacedValues } from "@runweir/sql";

/** Values by their place in the statement. */
export class StatementValues implements PlacedValues {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}
