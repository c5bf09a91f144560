import { DomainError } from "@runweir/errors";
import { LineCounter, parseDocument } from "yaml";
import { parseExpression } from "../expression/parse-expression.ts";
import { type PolicyDocument, policyDocumentSchema } from "./policy.ts";

const documentMax = 200_000;

/** Policies as they are written. What is wrong is said with its line and its name (`policies[0].metrics.gates[1]`). */
export function parsePolicies(text: string): PolicyDocument {
  if (text.length > documentMax)
    throw refuse(`has ${text.length} characters; at most ${documentMax} are allowed`, "");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem) throw refuse(problem.message.split("\n")[0] ?? "is no YAML", "");
  const at = (path: readonly PropertyKey[]) => {
    // What is missing has no place of its own: then that of what it is missing from.
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      const range =
        typeof node === "object" && node !== null && "range" in node ? (node.range as [number]) : undefined;
      if (range) return `line ${lines.linePos(range[0]).line}: `;
    }
    return "";
  };
  const parsed = policyDocumentSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path ?? [];
    throw refuse(`${at(path)}${printPath(path)}: ${issue?.message ?? "is not allowed"}`, printPath(path));
  }
  const names = new Set<string>();
  for (const [index, policy] of parsed.data.policies.entries()) {
    const path = ["policies", index];
    if (names.has(policy.name))
      throw refuse(
        `${at([...path, "name"])}there are two policies '${policy.name}'`,
        printPath([...path, "name"]),
      );
    names.add(policy.name);
    for (const [gate, expression] of policy.metrics.gates.entries()) {
      const gatePath = [...path, "metrics", "gates", gate];
      try {
        parseExpression(expression);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw refuse(`${at(gatePath)}${printPath(gatePath)}: ${error.message}`, printPath(gatePath));
      }
    }
  }
  return parsed.data;
}

function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}

function refuse(problem: string, path: string): DomainError {
  return new DomainError("invalid_argument", `The policies cannot be used: ${problem}`, {
    field: path === "" ? "document" : `document.${path}`,
    reason: "policy",
  });
}
