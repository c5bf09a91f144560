import type { IdentityApi } from "@runweir/identity-trpc";
import type { inferRouterOutputs } from "@trpc/server";

export type Grant = inferRouterOutputs<IdentityApi>["directory"]["grants"]["list"]["items"][number];

export function holderWords({ holder }: Pick<Grant, "holder">): string {
  if (holder.kind === "everyone") return "everybody";
  return holder.kind === "user" ? holder.name : `${holder.kind.replace("-", " ")} ${holder.name}`;
}
