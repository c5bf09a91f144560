import type { Target } from "@runweir/registry-domain";

/** As addresses name it: aliases with `@`; a name without it is a stage. */
export function readTarget(text: string): Target {
  return text.startsWith("@") ? { kind: "alias", alias: text.slice(1) } : { kind: "stage", stage: text };
}
