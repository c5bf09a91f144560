import type { VersionLoad } from "@runweir/registry-trpc";

type Loader = VersionLoad["loader"];

/** What somebody is who is no person. */
export function kindWords({ kind }: Loader): string | undefined {
  return kind === "service-account" ? "service account" : undefined;
}

/** `@champion`, `Production`; nothing where it was a number, or nobody can tell. */
export function viaWords(via: VersionLoad["via"]): string | undefined {
  if (via === undefined) return undefined;
  return via.kind === "alias" ? `@${via.alias}` : via.stage;
}
