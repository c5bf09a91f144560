"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  CardHeader,
  type Column,
  ConfirmDialog,
  ErrorState,
  ListTable,
  RelativeTime,
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
  const header = (
    <CardHeader title="Permissions" count="on exactly this model">
      <Button asChild variant="ghost">
        <ZoneLink href="/settings/grants">All grants</ZoneLink>
      </Button>
    </CardHeader>
  );
  return (
    <div className="grid items-start gap-3.5 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_360px]">
      {query.data?.items.length === 0 ? (
        <Card aria-label="Permissions">
          {header}
          <p className="px-3 pb-3 text-sm text-ink-3">
            None: people have what their roles and grants on patterns say.
          </p>
        </Card>
      ) : (
        <ListTable
          label="Permissions"
          header={header}
          items={query.data?.items}
          idOf={({ grantId }) => grantId}
          noun="permission"
          columns={columns}
          rowActions={(grant) => (
            <Button variant="ghost" onClick={() => setRemoved(grant)}>
              Remove
            </Button>
          )}
          rowsToCome={3}
        />
      )}
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

const columns: readonly Column<Grant>[] = [
  {
    name: "To",
    className: "max-w-60 truncate max-sm:max-w-32",
    cell: (grant) => <span className="font-medium">{holderWords(grant)}</span>,
  },
  {
    name: "May",
    cell: ({ effect, level, isOwn }) => (
      <span className="inline-flex items-center gap-2">
        <Badge tone={effect === "deny" ? "bad" : "neutral"}>
          {effect === "deny" ? `not ${level}` : level}
        </Badge>
        {isOwn && <span className="text-ink-3 max-sm:hidden">made it</span>}
      </span>
    ),
  },
  {
    name: "Given",
    className: "max-sm:hidden",
    cell: ({ creationTime, createdBy }) => (
      <span className="text-ink-3">
        <RelativeTime at={creationTime} /> by {createdBy}
      </span>
    ),
  },
];
