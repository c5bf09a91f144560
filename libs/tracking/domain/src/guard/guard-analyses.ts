import { type GuardRules, guardService } from "@runweir/identity-domain";
import type { RunAnalyses } from "../analysis/run-analyses.ts";
import type { RunSet } from "../analysis/run-set.ts";
import type { ExperimentGate, ExperimentNeed } from "./experiment-gate.ts";

const readsAll = ({ experimentIds }: RunSet): readonly ExperimentNeed[] =>
  experimentIds.map((id) => ({ permission: "experiment.read", on: { kind: "experiment", id } }));

const rules: GuardRules<RunAnalyses, ExperimentNeed> = {
  getRunTable: readsAll,
  getGroupCurves: readsAll,
  getImportance: readsAll,
};

/** Analyses as doors get them: an answer over runs of which some may not be read would tell of those. */
export function guardAnalyses(
  analyses: RunAnalyses,
  options: { readonly gate: ExperimentGate },
): RunAnalyses {
  return guardService(analyses, rules, options.gate.require);
}
