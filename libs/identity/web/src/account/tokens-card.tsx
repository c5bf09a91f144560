"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  CardHeader,
  Cell,
  ConfirmDialog,
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
import { scopeWords } from "./scope-words.ts";

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
        <p className="px-3 pb-3 text-sm text-ink-2">
          No tokens yet. Training jobs and scripts sign in with one, so that your password stays with you.
        </p>
      ) : (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Name</HeadCell>
                <HeadCell className="max-md:hidden">Good for</HeadCell>
                <HeadCell className="max-md:hidden">Created</HeadCell>
                <HeadCell>Last used</HeadCell>
                <HeadCell className="max-sm:hidden">Expires</HeadCell>
                <HeadCell className="w-10">
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
                    <Cell className="max-w-70 truncate font-medium max-sm:max-w-44">{token.name}</Cell>
                    <Cell className="max-w-80 truncate text-ink-2 max-md:hidden">{scopeWords(token)}</Cell>
                    <Cell className="text-ink-2 max-md:hidden">
                      <RelativeTime at={token.creationTime} />
                    </Cell>
                    <Cell className="text-ink-2">
                      {token.lastUsedTime ? <RelativeTime at={token.lastUsedTime} /> : "never"}
                    </Cell>
                    <Cell className="text-ink-2 max-sm:hidden">
                      {token.expiryTime ? formatDate(token.expiryTime) : "never"}
                    </Cell>
                    <Cell className="text-right">
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
