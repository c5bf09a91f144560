import type { VersionFacts } from "../facts/version-facts.ts";
import { type ArtifactRow, diffArtifacts } from "./diff-artifacts.ts";
import { diffData } from "./diff-data.ts";
import { diffCode, diffEnvironment } from "./diff-environment.ts";
import { diffLines } from "./diff-lines.ts";
import { diffMetrics, type MetricRow } from "./diff-metrics.ts";
import { diffParams } from "./diff-params.ts";
import { type DiffRow, type DiffSection, diffSections } from "./diff-row.ts";
import { diffSignature, type SignatureClass, type SignatureRow } from "./diff-signature.ts";
import type { Direction } from "./metric-direction.ts";

export interface VersionDiff {
  readonly metrics: readonly MetricRow[];
  readonly params: readonly DiffRow[];
  readonly signatureClass: SignatureClass;
  readonly signature: readonly SignatureRow[];
  readonly data: readonly DiffRow[];
  readonly environment: readonly DiffRow[];
  readonly code: readonly DiffRow[];
  readonly artifacts: readonly ArtifactRow[];
  readonly card: readonly DiffRow[];
}

/** All that differs between two versions, and what does not. Without a base everything is added. */
export function diffVersions(
  base: VersionFacts | undefined,
  candidate: VersionFacts | undefined,
  options: { readonly directions?: Readonly<Record<string, Direction>> | undefined } = {},
): VersionDiff {
  const signature = diffSignature(base?.signature, candidate?.signature);
  return {
    metrics: diffMetrics(base?.metrics ?? [], candidate?.metrics ?? [], options.directions),
    params: diffParams(base?.params ?? {}, candidate?.params ?? {}),
    signatureClass: base && candidate ? signature.class : "identical",
    signature: signature.rows,
    data: diffData(base?.datasets ?? [], candidate?.datasets ?? []),
    environment: diffEnvironment(base?.environment, candidate?.environment),
    code: diffCode(base?.code, candidate?.code),
    artifacts: diffArtifacts(base?.files ?? [], candidate?.files ?? []),
    card: diffLines(base?.card ?? "", candidate?.card ?? ""),
  };
}

/** Which sections have something that is not the same. */
export function changedSections(diff: VersionDiff): readonly DiffSection[] {
  return diffSections.filter((section) => diff[section].some(({ change }) => change !== "same"));
}

/** How many rows of all are not the same. */
export function countChanges(diff: VersionDiff): number {
  return diffSections.reduce(
    (sum, section) => sum + diff[section].filter(({ change }) => change !== "same").length,
    0,
  );
}
