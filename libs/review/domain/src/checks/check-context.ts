import type { VersionDiff } from "../diff/diff-versions.ts";
import type { VersionFacts } from "../facts/version-facts.ts";
import type { Policy } from "../policy/policy.ts";

/** What a built-in check gets to see: one move, both sides, and the rules. */
export interface CheckContext {
  readonly base: VersionFacts | undefined;
  readonly candidate: VersionFacts;
  readonly diff: VersionDiff;
  readonly policy: Policy;
  /** The beginning of a file of the candidate. */
  readFile(path: string, bytesMax: number): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean }>;
}
