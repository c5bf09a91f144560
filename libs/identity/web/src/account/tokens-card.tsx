"use client";

import { Button } from "@runweir/web-ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { CardTable } from "../card-table.tsx";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { RemoveButton } from "../settings/remove-button.tsx";
import { CreateToken } from "./create-token.tsx";
import { tokenColumns } from "./token-columns.tsx";

export function TokensCard() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const list = useQuery(api.account.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: api.account.tokens.pathKey() });
  return (
    <>
      <CardTable
        title="Tokens"
        list={list}
        idOf={({ tokenId }) => tokenId}
        columns={tokenColumns}
        empty="No tokens yet. Training jobs and scripts sign in with one, so that your password stays with you."
        actions={
          <Button icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setCreating(true)}>
            New token
          </Button>
        }
        rowAction={({ tokenId, name }) => (
          <RemoveButton
            verb="Revoke"
            title={`Revoke ${name}?`}
            description="Whatever uses it is refused within a second. This cannot be undone."
            onConfirm={async () => {
              await client.account.tokens.revoke.mutate({ tokenId });
              await refresh();
            }}
          />
        )}
      />
      {creating && <CreateToken onClose={() => setCreating(false)} onCreated={() => void refresh()} />}
    </>
  );
}
