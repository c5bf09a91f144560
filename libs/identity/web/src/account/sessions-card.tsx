"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  CardHeader,
  Cell,
  ConfirmDialog,
  ErrorState,
  HeadCell,
  RelativeTime,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { nameBrowser } from "./name-browser.ts";

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
    <Card>
      <CardHeader title="Sessions" count={list.data?.length}>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      </CardHeader>
      {list.isError && (
        <ErrorState compact problem={describeError(list.error)} onRetry={() => void list.refetch()} />
      )}
      {revoke.isError && <ErrorState compact problem={describeError(revoke.error)} />}
      <TableScroll className="rounded-b-lg">
        <Table>
          <TableHead>
            <tr>
              <HeadCell>Browser</HeadCell>
              <HeadCell className="max-sm:hidden">Address</HeadCell>
              <HeadCell className="max-md:hidden">Signed in</HeadCell>
              <HeadCell>Last used</HeadCell>
              <HeadCell className="w-10">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {list.data === undefined ? (
              <SkeletonRows rows={2} columns={5} />
            ) : (
              list.data.map((session) => (
                <TableRow key={session.sessionId}>
                  <Cell title={session.userAgent} className="max-w-70 max-sm:max-w-44">
                    <span className="flex min-w-0 items-center gap-2">
                      <span className="truncate font-medium">{nameBrowser(session.userAgent)}</span>
                      {session.sessionId === current && <Badge tone="accent">this one</Badge>}
                    </span>
                  </Cell>
                  <Cell className="num text-ink-2 max-sm:hidden">{session.address ?? ""}</Cell>
                  <Cell className="text-ink-2 max-md:hidden">
                    <RelativeTime at={session.creationTime} />
                  </Cell>
                  <Cell className="text-ink-2">
                    <RelativeTime at={session.lastUsedTime} />
                  </Cell>
                  <Cell className="text-right">
                    {session.sessionId !== current && (
                      <Button
                        variant="ghost"
                        disabled={revoke.isPending}
                        onClick={() => revoke.mutate({ sessionId: session.sessionId })}
                      >
                        Sign out
                      </Button>
                    )}
                  </Cell>
                </TableRow>
              ))
            )}
          </TableBody>
        </Table>
      </TableScroll>
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
    </Card>
  );
}
