import type { ApiToken } from "@runweir/identity-domain";

const accessNames = { all: "everything", read: "read only", ingest: "logging only" } as const;

/** What a token is good for. */
export function scopeWords({
  scope,
  workspace,
}: Pick<ApiToken, "scope"> & { readonly workspace?: string | undefined }): string {
  const { access, experimentIds } = scope;
  return [
    accessNames[access],
    experimentIds && `experiment ${experimentIds.join(", ")}`,
    workspace && `workspace ${workspace}`,
  ]
    .filter(Boolean)
    .join(", ");
}
