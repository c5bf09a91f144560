import type { PointLedger } from "./load/point-ledger.ts";
import type { Load, NativeAcknowledgement } from "./load/start-load.ts";
import type { System, SystemKind } from "./parts/start-system.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What a fault may leave behind, where that is not the same for all. */
export interface Expectation {
  /** Dead letters by reason, exactly. */
  readonly deadLetters?: Readonly<Record<string, number>>;
  /** Segments that only folding found to be impossible to store, exactly. */
  readonly quarantined?: number;
  /** Positions were put back on purpose, so that records are delivered again. */
  readonly replayed?: boolean;
  /** The system was made to lose what it may not: this must be among what is found, and it is of no use afterwards. */
  readonly planted?: RegExp;
  /** Records that were in the log and are not any more. */
  readonly droppedRecords?: number;
}

export interface ScenarioContext {
  readonly system: System;
  readonly random: SeededRandom;
  readonly ledger: PointLedger;
  /** Writers and readers, at work since before the fault. */
  readonly load: Load;
  /** Longer pauses and more repetitions in a long run. */
  readonly long: boolean;
  /** Adds a line about what was seen. */
  note(text: string): void;
}

/** A row of the fault table, or a half of one. */
export interface Scenario {
  readonly name: string;
  /** L no acknowledged point lost, D none twice, W what was acknowledged is seen, M positions and figures true, B memory bounded, R recovers by itself. */
  readonly invariants: string;
  readonly system: SystemKind;
  /** Part of the short set. */
  readonly short: boolean;
  readonly writers?: number;
  /** Writers use the native door with it; without, MLflow's. */
  readonly acknowledgement?: NativeAcknowledgement;
  readonly readers?: number;
  /** Why it cannot be produced on this machine, where its kind of system can be had. */
  missing?(): string | undefined;
  run(context: ScenarioContext): Promise<Expectation> | Promise<void>;
}
