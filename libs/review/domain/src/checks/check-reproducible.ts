import type { CodeFact, EnvironmentFact } from "../facts/version-facts.ts";
import type { CheckContext } from "./check-context.ts";
import type { CheckAnnotation, CheckOutcome } from "./check-run.ts";

/**
 * Whether what is written down suffices to train it again: code, data, environment and parameters. It looks at records and
 * trains nothing; whether a second training gives the same model is for a check from outside to say.
 */
export function checkReproducible({ candidate }: Pick<CheckContext, "candidate">): CheckOutcome {
  const { code, datasets, environment, params } = candidate;
  const missing: readonly CheckAnnotation[] = [
    ...codeTrouble(code),
    ...(datasets.length === 0 ? [lacks("data:*", "No dataset with its digest was logged.")] : []),
    ...environmentTrouble(environment),
    ...(Object.keys(params).length === 0 ? [lacks("params:*", "No parameter was logged.")] : []),
  ];
  const warnings: readonly CheckAnnotation[] =
    Object.keys(params).length > 0 && !Object.entries(params).some(([name, value]) => isSeed(name, value))
      ? [
          {
            level: "warning",
            message:
              "No seed was logged (seed, random_state): where chance plays a part, it comes out otherwise.",
            anchor: "params:*",
          },
        ]
      : [];
  const annotations = [...missing, ...warnings];
  if (missing.length > 0)
    return {
      conclusion: "failure",
      summary: "What is recorded does not suffice to train it again.",
      annotations,
    };
  return warnings.length > 0
    ? {
        conclusion: "neutral",
        summary: "All is recorded that a second training needs, but a seed.",
        annotations,
      }
    : { conclusion: "success", summary: "All is recorded that a second training needs.", annotations };
}

function codeTrouble(code: CodeFact | undefined): readonly CheckAnnotation[] {
  if (code?.commit === undefined) return [lacks("code:commit", "The commit of its code is not known.")];
  if (code.isDirty === undefined)
    return [
      lacks(
        "code:changes",
        "Nobody said whether all of the code was committed: tag `runweir.git.dirty` of the run, `true` or `false`.",
      ),
    ];
  return code.isDirty ? [lacks("code:changes", "The code had changes that were not committed.")] : [];
}

function environmentTrouble(environment: EnvironmentFact | undefined): readonly CheckAnnotation[] {
  if (/sha256:[0-9a-f]{64}/.test(environment?.image ?? "")) return [];
  const packages = Object.entries(environment?.packages ?? {});
  const loose = packages.filter(([, version]) => !isExact(version));
  return [
    ...(environment?.python === undefined
      ? [lacks("environment:python", "The version of Python is not known.")]
      : []),
    ...(packages.length === 0
      ? [lacks("environment:*", "The packages that it needs are not known; nor is an image, by its digest.")]
      : []),
    ...loose.map(([name, version]) =>
      lacks(`environment:package.${name}`, `${name} is not pinned: ${version}, where one version is needed.`),
    ),
  ];
}

/** `2.1.0`, or a commit of a repository; no range, no `2.*`. */
function isExact(version: string): boolean {
  return /^\d[\w.!+-]*$/.test(version) || /@[0-9a-f]{40}(#\S*)?$/.test(version);
}

/** As libraries call it: `seed`, `random_state`, `model.random_seed`, `data_seed`. Libraries log `None` where none was given. */
function isSeed(name: string, value: string): boolean {
  return /(^|[./_-])(seed|random_?state)$/i.test(name) && !["", "none", "null"].includes(value.toLowerCase());
}

function lacks(anchor: string, message: string): CheckAnnotation {
  return { level: "failure", message, anchor };
}
