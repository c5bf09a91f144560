import type { Caller } from "@runweir/identity-domain";
import type { ColumnProfile } from "./column-profile.ts";
import type { Signature } from "./signature.ts";

/** A metric of a version: one value of each run that measured it (seeds, folds), of everything or of one slice of the data. */
export interface MetricFact {
  readonly name: string;
  /** By dimension; empty: of everything. */
  readonly slice: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

export interface DatasetFact {
  readonly name: string;
  readonly digest: string;
  /** What it was used for: `training`, `validation`. */
  readonly context: string | undefined;
  readonly rows: number | undefined;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly profiles: readonly ColumnProfile[];
}

export interface EnvironmentFact {
  readonly python: string | undefined;
  readonly image: string | undefined;
  /** By package, in lower case; the version, or the whole requirement where it is none. */
  readonly packages: Readonly<Record<string, string>>;
}

export interface CodeFact {
  readonly repository: string | undefined;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  /** Undefined: nobody knows. */
  readonly isDirty: boolean | undefined;
  readonly entryPoint: string | undefined;
}

export interface FileFact {
  readonly path: string;
  readonly bytes: number;
}

/** All that is known of one version, as far as a review looks at it. */
export interface VersionFacts {
  readonly model: string;
  readonly version: number;
  /** Where it came from, in its maker's words. */
  readonly source: string;
  readonly runId: string | undefined;
  readonly runName: string | undefined;
  /** Further runs that measured it, named by its tag `runweir.evaluation_runs`. */
  readonly evaluationRunIds: readonly string[];
  readonly metrics: readonly MetricFact[];
  readonly params: Readonly<Record<string, string>>;
  readonly signature: Signature | undefined;
  readonly flavors: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly datasets: readonly DatasetFact[];
  readonly environment: EnvironmentFact | undefined;
  readonly code: CodeFact | undefined;
  readonly files: readonly FileFact[];
  /** There are more files than are listed. */
  readonly filesCut: boolean;
  /** Markdown: the version's description, or the README beside its files. */
  readonly card: string;
}

/** Reads what other slices know of a version. Rejects with `not_found` when there is none. */
export interface FactsReader {
  read(caller: Caller, model: string, version: number): Promise<VersionFacts>;
  /** The beginning of one of its files, at most `bytesMax` of it. */
  readFile(
    caller: Caller,
    model: string,
    version: number,
    path: string,
    bytesMax: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean }>;
}
