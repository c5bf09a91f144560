import type { GrantHolder, GrantTarget } from "@runweir/identity-domain";

export function targetWords(target: GrantTarget, experimentName?: string): string {
  if ("experimentId" in target) return `experiment ${experimentName ?? target.experimentId}`;
  const words = { experiment: "experiments", model: "models", alias: "aliases" }[target.on];
  return target.pattern === "*" ? `all ${words}` : `${words} ${target.pattern}`;
}

export function holderWords(holder: GrantHolder): string {
  if (holder.kind === "everyone") return "everybody";
  return holder.kind === "user" ? holder.name : `${holder.kind.replace("-", " ")} ${holder.name}`;
}
