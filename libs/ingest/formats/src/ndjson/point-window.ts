import type { RunPoints } from "@runweir/ingest-domain";
import { groupByRun } from "../points/group-by-run.ts";

/** Points of single lines, gathered into columns until there are enough for segments. */
export class PointWindow {
  readonly #steps: Float64Array;
  readonly #timestamps: Float64Array;
  readonly #values: Float64Array;
  readonly #runIndexes: Uint32Array;
  readonly #keyIndexes: Uint32Array;
  readonly #lines: Float64Array;
  readonly #runs = new Map<string, number>();
  readonly #keys = new Map<string, number>();
  readonly #runsMax: number;
  size = 0;

  constructor(pointsMax: number, runsMax: number) {
    this.#runsMax = runsMax;
    this.#steps = new Float64Array(pointsMax);
    this.#timestamps = new Float64Array(pointsMax);
    this.#values = new Float64Array(pointsMax);
    this.#runIndexes = new Uint32Array(pointsMax);
    this.#keyIndexes = new Uint32Array(pointsMax);
    this.#lines = new Float64Array(pointsMax);
  }

  get isFull(): boolean {
    return this.size === this.#values.length || this.#runs.size === this.#runsMax;
  }

  add(line: number, runId: string, key: string, step: number, timestamp: number, value: number): void {
    const at = this.size;
    this.#runIndexes[at] = numberOf(this.#runs, runId);
    this.#keyIndexes[at] = numberOf(this.#keys, key);
    this.#steps[at] = step;
    this.#timestamps[at] = timestamp;
    this.#values[at] = value;
    this.#lines[at] = line;
    this.size += 1;
  }

  /** What was gathered. The window is used up by this; its columns belong to the result. */
  toRuns(): readonly RunPoints[] {
    const { size } = this;
    const table = {
      runIds: [...this.#runs.keys()],
      keys: [...this.#keys.keys()],
      runIndexes: this.#runIndexes.subarray(0, size),
      keyIndexes: this.#keyIndexes.subarray(0, size),
      steps: this.#steps.subarray(0, size),
      timestamps: this.#timestamps.subarray(0, size),
      values: this.#values.subarray(0, size),
    };
    return groupByRun(table, (column, row) => `line ${this.#lines[row ?? 0]}: ${column}`);
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
