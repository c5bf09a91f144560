import { DomainError } from "@runweir/errors";
import type { z } from "zod";

/**
 * Reads an environment through a schema whose keys are variable names. Empty variables count as unset.
 *
 * Throws `invalid_argument` (reason `environment`) with one sentence per wrong variable: its name, what was found, what
 * is allowed. Values of variables marked secret (`setting.secret`) are never repeated.
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const names = Object.keys(schema.shape);
  const given = Object.fromEntries(
    names.filter((name) => environment[name]).map((name) => [name, environment[name]]),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const sentences = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? "environment");
    if (!sentences.has(name))
      sentences.set(name, describe(name, given[name], schema.shape[name], issue.message));
  }
  throw new DomainError("invalid_argument", [...sentences.values()].join("\n"), { reason: "environment" });
}

function describe(name: string, found: string | undefined, type: unknown, problem: string): string {
  const { allowed, secret } = settingOf(type);
  const expectation = allowed ? `allowed is ${allowed}` : problem;
  if (found === undefined) return `${name} is not set; ${expectation}.`;
  return `${name} is ${secret ? "set to something else" : JSON.stringify(found)}; ${expectation}.`;
}

interface Setting {
  readonly allowed?: string;
  readonly secret?: boolean;
}

/** What a setting says of itself; `.optional()` and its like wrap the setting and say nothing themselves. */
function settingOf(type: unknown): Setting {
  const schema = type as { meta?(): Setting | undefined; def?: { innerType?: unknown } } | undefined;
  const own = schema?.meta?.();
  if (own) return own;
  return schema?.def?.innerType ? settingOf(schema.def.innerType) : {};
}
