import type { PlacedValues } from "@runweir/sql";
import type { SnapshotSqlValue } from "@runweir/tracking-domain";

/** Values by name. */
export class NamedValues implements PlacedValues {
  readonly params: Record<string, SnapshotSqlValue> = {};
  #count = 0;

  add(value: SnapshotSqlValue): string {
    this.#count += 1;
    const name = `v${this.#count}`;
    // Statements travel as JSON, which has no NaN and no infinities; the placeholder's cast reads their names.
    this.params[name] = typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
    return `$${name}`;
  }
}
