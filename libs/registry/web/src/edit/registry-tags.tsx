"use client";

import type { RegisteredModel } from "@runweir/registry-trpc";
import { TagEditor } from "@runweir/tracking-web";
import { useRegistryClient } from "../registry-api.ts";
import { useRefreshRegistry } from "./use-refresh-registry.ts";

/** The tags of a model, or of one of its versions. */
export function RegistryTags({
  of: { name, version },
  tags,
}: {
  readonly of: { readonly name: string; readonly version?: string };
  readonly tags: RegisteredModel["tags"];
}) {
  const client = useRegistryClient();
  const refresh = useRefreshRegistry();
  return (
    <TagEditor
      tags={tags}
      onSet={async (tag) => {
        if (version === undefined) await client.models.setTag.mutate({ name, tag });
        else await client.versions.setTag.mutate({ name, version, tag });
        await refresh();
      }}
      onDelete={async (key) => {
        if (version === undefined) await client.models.deleteTag.mutate({ name, key });
        else await client.versions.deleteTag.mutate({ name, version, key });
        await refresh();
      }}
    />
  );
}
