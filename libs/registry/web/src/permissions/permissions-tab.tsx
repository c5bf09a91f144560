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
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { AddPermission } from "./add-permission.tsx";
import { type Grant, holderWords } from "./holder-words.ts";

const shown = 200;

/** Who may do what with exactly this model, besides what their roles and grants on patterns of names say. */
export function PermissionsTab({ name }: { readonly name: string }) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<Grant>();
  const query = useQuery(
    api.directory.grants.list.queryOptions(
      { target: { on: "model", pattern: name }, limit: shown },
      { retry: false },
    ),
  );
  const refresh = () => queries.invalidateQueries(api.directory.grants.pathFilter());
  const problem = query.isError && query.data === undefined ? describeError(query.error) : undefined;
  if (problem?.code === "permission_denied")
    return (
      <p className="px-4 py-6 text-sm text-ink-2">
        Who may do what with this model is shown to who manages it.{" "}
        <ZoneLink href="/settings/explain" className="text-accent underline">
          See what you may do
        </ZoneLink>
      </p>
    );
  if (problem) return <ErrorState problem={problem} onRetry={() => void query.refetch()} />;
  return (
    <div className="grid items-start gap-3.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_360px]">
      <Card aria-label="Permissions">
        <CardHeader title="Permissions" count="on exactly this model">
          <Button asChild variant="ghost">
            <ZoneLink href="/settings/grants">All grants</ZoneLink>
          </Button>
        </CardHeader>
        {query.data?.items.length === 0 ? (
          <p className="px-3 pb-3 text-sm text-ink-3">
            None: people have what their roles and grants on patterns say.
          </p>
        ) : (
          <TableScroll className="rounded-b-lg">
            <Table>
              <TableHead>
                <tr>
                  <HeadCell>To</HeadCell>
                  <HeadCell>May</HeadCell>
                  <HeadCell className="max-sm:hidden">Given</HeadCell>
                  <HeadCell>
                    <span className="sr-only">Remove</span>
                  </HeadCell>
                </tr>
              </TableHead>
              <TableBody>
                {query.data === undefined ? (
                  <SkeletonRows rows={3} columns={4} />
                ) : (
                  query.data.items.map((grant) => (
                    <TableRow key={grant.grantId}>
                      <Cell className="max-w-60 truncate font-medium">{holderWords(grant)}</Cell>
                      <Cell>
                        <span className="inline-flex items-center gap-2">
                          <Badge tone={grant.effect === "deny" ? "bad" : "neutral"}>
                            {grant.effect === "deny" ? `not ${grant.level}` : grant.level}
                          </Badge>
                          {grant.isOwn && <span className="text-ink-3 max-sm:hidden">made it</span>}
                        </span>
                      </Cell>
                      <Cell className="text-ink-3 max-sm:hidden">
                        <RelativeTime at={grant.creationTime} /> by {grant.createdBy}
                      </Cell>
                      <Cell className="text-right">
                        <Button variant="ghost" onClick={() => setRemoved(grant)}>
                          Remove
                        </Button>
                      </Cell>
                    </TableRow>
                  ))
                )}
              </TableBody>
            </Table>
          </TableScroll>
        )}
      </Card>
      <AddPermission name={name} onAdded={refresh} />
      {removed && (
        <ConfirmDialog
          open
          onOpenChange={() => setRemoved(undefined)}
          title="Remove this permission?"
          description={`It says what ${holderWords(removed)} may do with ${name}: ${removed.effect} ${removed.level}.`}
          confirmLabel="Remove"
          danger
          describeError={describeError}
          onConfirm={async () => {
            await client.directory.grants.delete.mutate({ grantId: removed.grantId });
            await refresh();
          }}
        />
      )}
    </div>
  );
}
