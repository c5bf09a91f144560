"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { tokenColumns } from "../account/token-columns.tsx";
import { CardTable } from "../card-table.tsx";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { RemoveButton } from "../settings/remove-button.tsx";

const shown = 50;

/** For administrators of the server: what somebody's programs come in with. */
export function PersonTokensCard({
  person,
  name,
}: {
  readonly person: { readonly kind: "user" | "service-account"; readonly id: string };
  readonly name: string;
}) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const list = useQuery(api.people.tokens.list.queryOptions({ owner: person, limit: shown }));
  return (
    <CardTable
      title="Tokens"
      hasMore={list.data?.nextPageToken !== undefined}
      list={{ ...list, data: list.data?.items }}
      idOf={({ tokenId }) => tokenId}
      columns={tokenColumns}
      empty="None."
      rowAction={({ tokenId, name: token }) => (
        <RemoveButton
          verb="Revoke"
          title={`Revoke ${token} of ${name}?`}
          description="Whatever uses it is refused within a second. This cannot be undone."
          onConfirm={async () => {
            await client.people.tokens.revoke.mutate({ owner: person, tokenId });
            await queries.invalidateQueries({ queryKey: api.people.tokens.pathKey() });
          }}
        />
      )}
    />
  );
}
