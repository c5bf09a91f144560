"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, ConfirmDialog } from "@runweir/web-ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sessionColumns } from "../account/session-columns.tsx";
import { CardTable } from "../card-table.tsx";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";

/** For administrators of the server: where somebody is signed in. */
export function PersonSessionsCard({ userId, name }: { readonly userId: string; readonly name: string }) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const list = useQuery(api.people.sessions.list.queryOptions({ userId }));
  const [asking, setAsking] = useState(false);
  return (
    <>
      <CardTable
        title="Sessions"
        list={list}
        idOf={({ sessionId }) => sessionId}
        columns={sessionColumns(null)}
        empty="Signed in nowhere."
        actions={
          list.data !== undefined &&
          list.data.length > 0 && (
            <Button variant="danger" onClick={() => setAsking(true)}>
              Sign out everywhere
            </Button>
          )
        }
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Sign ${name} out everywhere?`}
        description="Every browser that is signed in as them has to sign in again. Tokens stay good."
        confirmLabel="Sign out everywhere"
        danger
        describeError={describeError}
        onConfirm={async () => {
          await client.people.sessions.revokeAll.mutate({ userId });
          await queries.invalidateQueries({ queryKey: api.people.sessions.pathKey() });
        }}
      />
    </>
  );
}
