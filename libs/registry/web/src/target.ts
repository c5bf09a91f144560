import type { Target } from "@runweir/registry-domain";

/** As addresses name it: aliases with `@`; a name without it is a stage. */
export function readTarget(text: string): Target {
  return text.startsWith("@") ? { kind: "alias", alias: text.slice(1) } : { kind: "stage", stage: text };
}

/** The same the other way: aliases as people write them, stages by their names. */
export function targetWords(target: Target): string {
  return target.kind === "alias" ? `@${target.alias}` : target.stage;
}
