"use client";

import type { Holder, Membership, User, WorkspaceRole } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import { Card, CardHeader, Detail, DetailList, ErrorState, RelativeTime, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useIdentityApi } from "../identity-api.ts";
import type { OnTheWire } from "../on-the-wire.ts";
import { holderHref } from "../settings/holder-href.ts";
import { useCurrent } from "../settings/use-current.ts";

/** Who it is, and the groups and workspaces that they are in. */
export function BelongsCard({
  holder,
  role,
  user,
}: {
  readonly holder: Holder;
  /** Their own in this workspace, groups aside. */
  readonly role: WorkspaceRole | null;
  /** What administrators know besides. */
  readonly user: OnTheWire<User> | undefined;
}) {
  const api = useIdentityApi();
  const current = useCurrent();
  const { kind, id, name, displayName } = holder;
  const member = { kind: kind === "group" ? "user" : kind, id } as const;
  const groups = useQuery(api.directory.groups.of.queryOptions(member));
  const memberships = useQuery(
    api.directory.members.of.queryOptions(member, { enabled: current?.isAdministrator === true }),
  );
  const others = memberships.data?.filter(({ workspace }) => workspace !== current?.workspace) ?? [];
  return (
    <Card aria-label="About">
      <CardHeader title="About" />
      <DetailList>
        {displayName !== "" && displayName !== name && (
          <Detail name={kind === "user" ? "Name" : "Description"}>{displayName}</Detail>
        )}
        {user?.email && <Detail name="E-mail">{user.email}</Detail>}
        {user && (
          <Detail name="Signs in by">{user.hasPassword ? "password" : "a provider, or not yet"}</Detail>
        )}
        {user && (
          <Detail name="Since">
            <RelativeTime at={user.creationTime} />
          </Detail>
        )}
        <Detail name="Role here">
          {role === null ? `none of their own in workspace ${current?.workspace ?? ""}` : role}
        </Detail>
        {others.length > 0 && <Detail name="Elsewhere">{others.map(placeWords).join(", ")}</Detail>}
        <Detail name="Groups">
          {groups.isError ? (
            <ErrorState compact problem={describeError(groups.error)} onRetry={() => void groups.refetch()} />
          ) : groups.data === undefined ? (
            <Skeleton className="w-40" />
          ) : groups.data.length === 0 ? (
            "none"
          ) : (
            <InARow>
              {groups.data.map((group) => (
                <ZoneLink
                  key={group.id}
                  href={holderHref(group)}
                  className="rounded-sm font-medium hover:underline"
                >
                  {group.name}
                </ZoneLink>
              ))}
            </InARow>
          )}
        </Detail>
      </DetailList>
    </Card>
  );
}

function InARow({ children }: { readonly children: ReactNode }) {
  return <span className="flex flex-wrap gap-x-3 gap-y-1">{children}</span>;
}

function placeWords({ workspace, role }: Membership): string {
  return `${role} of ${workspace}`;
}
