import { builtInChecks, checkOf } from "../checks/built-in-checks.ts";
import { type CheckRun, mergeOutcomes } from "../checks/check-run.ts";
import type { Policy } from "../policy/policy.ts";
import type { ReviewRequest } from "../request/review-request.ts";
import type { Examined } from "./examine.ts";

/**
 * What built-in checks say under another policy. Those that need no files are asked again; what was found in files does not
 * hang on the policy, but for imports that it allows, so the last finding stands.
 */
export function runGates(
  policy: Policy,
  known: readonly CheckRun[],
  request: ReviewRequest,
  examined: Examined,
): readonly CheckRun[] {
  const again = builtInChecks.flatMap((name): readonly CheckRun[] => {
    if (name === "artifact-safety") return [];
    const outcome = mergeOutcomes(
      examined.moves.flatMap(({ base, candidate, diff }) =>
        candidate ? [checkOf(name, { base, candidate, diff, policy })] : [],
      ),
    );
    const run: CheckRun = {
      ...outcome,
      name,
      source: "built-in",
      status: "completed",
      title: undefined,
      detailsUrl: undefined,
      startedTime: undefined,
      completedTime: undefined,
      runId: undefined,
      reportedBy: "Runweir",
      headDigest: request.headDigest,
      inputDigest: undefined,
    };
    return [run];
  });
  return [...known.filter(({ name }) => name === "artifact-safety"), ...again];
}
