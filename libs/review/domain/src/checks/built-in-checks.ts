import { anchorOf } from "../diff/diff-row.ts";
import { signatureClasses } from "../diff/diff-signature.ts";
import { evaluateCondition } from "../expression/evaluate-condition.ts";
import { parseExpression } from "../expression/parse-expression.ts";
import { checkArtifactSafety } from "./check-artifact-safety.ts";
import type { CheckContext } from "./check-context.ts";
import { checkReproducible } from "./check-reproducible.ts";
import type { CheckAnnotation, CheckOutcome } from "./check-run.ts";

export const builtInChecks = [
  "signature",
  "metrics",
  "artifact-safety",
  "lineage-complete",
  "reproducible",
  "card",
] as const;
export type BuiltInCheck = (typeof builtInChecks)[number];

export function isBuiltIn(name: string): name is BuiltInCheck {
  return (builtInChecks as readonly string[]).includes(name);
}

type Known = Omit<CheckContext, "readFile">;

/** Those that need nothing but what is known of the versions. */
const knownChecks: Readonly<
  Record<Exclude<BuiltInCheck, "artifact-safety">, (context: Known) => CheckOutcome>
> = {
  signature: checkSignature,
  metrics: checkMetrics,
  "lineage-complete": checkLineage,
  reproducible: checkReproducible,
  card: checkCard,
};

export async function runCheck(name: BuiltInCheck, context: CheckContext): Promise<CheckOutcome> {
  return name === "artifact-safety" ? checkArtifactSafety(context) : checkOf(name, context);
}

export function checkOf(name: keyof typeof knownChecks, context: Known): CheckOutcome {
  return knownChecks[name](context);
}

function checkSignature({ base, candidate, diff, policy }: Known): CheckOutcome {
  if (!base)
    return candidate.signature
      ? outcome("success", "The candidate has a signature; there is no base to compare it with.")
      : outcome("failure", "The candidate has no signature, so nobody can tell what callers have to send.");
  const allowed = signatureClasses.indexOf(policy.signature.allow);
  const isAllowed = signatureClasses.indexOf(diff.signatureClass) <= allowed;
  const annotations = diff.signature
    .filter((row) => row.class !== "identical")
    .map((row): CheckAnnotation => {
      const isBad = signatureClasses.indexOf(row.class) > allowed;
      return {
        level: isBad ? "failure" : "notice",
        message: `${row.part} ${row.label}: ${row.note ?? row.change}`,
        anchor: row.anchor,
      };
    });
  return outcome(
    isAllowed ? "success" : "failure",
    `The signature is ${diff.signatureClass}${isAllowed ? "." : `; allowed is ${policy.signature.allow}.`}`,
    annotations,
  );
}

function checkMetrics({ base, candidate, policy }: Known): CheckOutcome {
  const { gates } = policy.metrics;
  if (gates.length === 0) return outcome("skipped", "The policy has no gates for metrics.");
  const metrics = { candidate: candidate.metrics, base: base?.metrics };
  const results = gates.map((gate) => ({ gate, ...evaluateCondition(parseExpression(gate), metrics, gate) }));
  const failed = results.filter(({ holds }) => !holds);
  const annotations = results.flatMap(({ gate, holds, findings }) =>
    findings.map(
      (finding): CheckAnnotation => ({
        level: finding.holds ? "notice" : holds ? "warning" : "failure",
        title: gate,
        message: finding.text,
        anchor: anchorOf("metrics", finding.metric),
      }),
    ),
  );
  if (failed.length === 0)
    return outcome("success", `${gates.length} of ${gates.length} gates hold.`, annotations);
  return outcome(
    "failure",
    failed.map(({ gate }) => `Gate \`${gate}\` does not hold.`).join("\n"),
    annotations,
  );
}

/** What it was made of is known: data, code and environment. */
function checkLineage({ candidate }: Known): CheckOutcome {
  const { runId, datasets, code, environment } = candidate;
  const missing: CheckAnnotation[] = [
    ...(runId === undefined ? [lacks("code:run", "No run says where it came from.")] : []),
    ...(datasets.length === 0 ? [lacks("data:*", "No dataset is known that it was made of.")] : []),
    ...(code?.commit === undefined ? [lacks("code:commit", "The commit of its code is not known.")] : []),
    ...(environment === undefined ||
    (environment.image === undefined && Object.keys(environment.packages).length === 0)
      ? [lacks("environment:*", "The packages that it needs are not known.")]
      : []),
  ];
  const dirty: CheckAnnotation[] = code?.isDirty
    ? [{ level: "warning", message: "The code had changes that were not committed.", anchor: "code:changes" }]
    : [];
  if (missing.length > 0)
    return outcome("failure", `Not known: ${missing.length} of run, data, code and environment.`, [
      ...missing,
      ...dirty,
    ]);
  return outcome("success", "Run, data, code and environment are known.", dirty);
}

function lacks(anchor: string, message: string): CheckAnnotation {
  return { level: "failure", message, anchor };
}

function checkCard({ candidate, policy }: Known): CheckOutcome {
  const { sections } = policy.card;
  if (candidate.card.trim() === "") return outcome("failure", "The model card is empty.");
  const headings = [...candidate.card.matchAll(/^#{1,6}\s+(.+?)\s*#*\s*$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase(),
  );
  const missing = sections.filter((section) => !headings.includes(section.toLowerCase()));
  if (missing.length === 0) return outcome("success", "The model card has what it has to.");
  return outcome(
    "failure",
    `The model card has no ${missing.map((section) => `'${section}'`).join(", ")}.`,
    missing.map((section) => ({
      level: "failure",
      message: `A heading '${section}' is missing.`,
      anchor: "card:*",
    })),
  );
}

function outcome(
  conclusion: CheckOutcome["conclusion"],
  summary: string,
  annotations: readonly CheckAnnotation[] = [],
): CheckOutcome {
  return { conclusion, summary, annotations };
}
