"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  CardHeader,
  Cell,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  formatDate,
  HeadCell,
  RelativeTime,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { CreateToken } from "./create-token.tsx";

export const accessNames = { all: "everything", read: "read only", ingest: "logging only" } as const;

export function TokensCard() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const list = useQuery(api.account.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<{ readonly tokenId: string; readonly name: string }>();
  const refresh = () => queries.invalidateQueries({ queryKey: api.account.tokens.pathKey() });
  return (
    <Card>
      <CardHeader title="Tokens" count={list.data?.length}>
        <Button icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setCreating(true)}>
          New token
        </Button>
      </CardHeader>
      {list.isError ? (
        <ErrorState compact problem={describeError(list.error)} onRetry={() => void list.refetch()} />
      ) : list.data?.length === 0 ? (
        <EmptyState title="No tokens">
          <p>Training jobs and scripts sign in with one, so that your password stays with you.</p>
        </EmptyState>
      ) : (
        <TableScroll>
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Name</HeadCell>
                <HeadCell>Good for</HeadCell>
                <HeadCell>Created</HeadCell>
                <HeadCell>Last used</HeadCell>
                <HeadCell>Expires</HeadCell>
                <HeadCell>
                  <span className="sr-only">Actions</span>
                </HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {list.data === undefined ? (
                <SkeletonRows rows={2} columns={6} />
              ) : (
                list.data.map((token) => (
                  <TableRow key={token.tokenId}>
                    <Cell>{token.name}</Cell>
                    <Cell>
                      {[
                        accessNames[token.scope.access],
                        token.scope.experimentIds && `experiment ${token.scope.experimentIds.join(", ")}`,
                        token.workspace && `workspace ${token.workspace}`,
                      ]
                        .filter(Boolean)
                        .join(", ")}
                    </Cell>
                    <Cell>
                      <RelativeTime at={token.creationTime} />
                    </Cell>
                    <Cell>{token.lastUsedTime ? <RelativeTime at={token.lastUsedTime} /> : "never"}</Cell>
                    <Cell>{token.expiryTime ? formatDate(token.expiryTime) : "never"}</Cell>
                    <Cell>
                      <Button variant="ghost" onClick={() => setRevoking(token)}>
                        Revoke
                      </Button>
                    </Cell>
                  </TableRow>
                ))
              )}
            </TableBody>
          </Table>
        </TableScroll>
      )}
      {creating && <CreateToken onClose={() => setCreating(false)} onCreated={() => void refresh()} />}
      <ConfirmDialog
        open={revoking !== undefined}
        onOpenChange={(open) => open || setRevoking(undefined)}
        title={`Revoke ${revoking?.name ?? "the token"}?`}
        description="Whatever uses it is refused within a second. This cannot be undone."
        confirmLabel="Revoke"
        danger
        describeError={describeError}
        onConfirm={async () => {
          if (revoking) await client.account.tokens.revoke.mutate({ tokenId: revoking.tokenId });
          await refresh();
        }}
      />
    </Card>
  );
}
