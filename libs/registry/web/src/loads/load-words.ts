import type { VersionLoad } from "@runweir/registry-trpc";

type Loader = VersionLoad["loader"];

/** What somebody is who is no person. */
export function kindWords({ kind }: Loader): string | undefined {
  return kind === "service-account" ? "service account" : undefined;
}
