"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, ConfirmDialog, ErrorState } from "@runweir/web-ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CardTable } from "../card-table.tsx";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { sessionColumns } from "./session-columns.tsx";

export function SessionsCard({ current }: { readonly current: string | null }) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const list = useQuery(api.account.sessions.list.queryOptions());
  const revoke = useMutation(
    api.account.sessions.revoke.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.account.sessions.pathKey() }),
    }),
  );
  const [asking, setAsking] = useState(false);
  return (
    <>
      <CardTable
        title="Sessions"
        list={list}
        idOf={({ sessionId }) => sessionId}
        columns={sessionColumns(current)}
        empty="No browser is signed in."
        actions={
          <Button variant="danger" onClick={() => setAsking(true)}>
            Sign out everywhere
          </Button>
        }
        rowAction={({ sessionId }) =>
          sessionId !== current && (
            <Button variant="ghost" disabled={revoke.isPending} onClick={() => revoke.mutate({ sessionId })}>
              Sign out
            </Button>
          )
        }
      >
        {revoke.isError && <ErrorState compact problem={describeError(revoke.error)} />}
      </CardTable>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        description="Every browser that is signed in as you has to sign in again, this one too. Tokens stay good."
        confirmLabel="Sign out everywhere"
        danger
        describeError={describeError}
        onConfirm={async () => {
          await client.account.sessions.revokeAll.mutate();
          window.location.assign("/sign-in");
        }}
      />
    </>
  );
}
