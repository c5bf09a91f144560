"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Badge, Button, PageHeader, Skeleton, useDocumentTitle } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useIdentityApi } from "../identity-api.ts";
import { PersonMenu } from "../people/person-menu.tsx";
import { OpenModeNote } from "../settings/open-mode-note.tsx";
import { SettingsProblem } from "../settings/settings-problem.tsx";
import { useCurrent } from "../settings/use-current.ts";
import { BelongsCard } from "./belongs-card.tsx";
import { PersonGrantsCard } from "./person-grants-card.tsx";
import { PersonSessionsCard } from "./person-sessions-card.tsx";
import { PersonTokensCard } from "./person-tokens-card.tsx";
import { RecentActsCard } from "./recent-acts-card.tsx";

/** One person: what they belong to and have, where they come in, what they did; as much of it as the reader may know. */
export function PersonPage() {
  const { id } = useParams<{ id: string }>();
  return <HolderPage kind="user" id={id} crumb={{ label: "People", href: "/settings/people" }} />;
}

export function ServiceAccountPage() {
  const { id } = useParams<{ id: string }>();
  const crumb = { label: "Service accounts", href: "/settings/service-accounts" };
  return <HolderPage kind="service-account" id={id} crumb={crumb} />;
}

function HolderPage({
  kind,
  id,
  crumb,
}: {
  readonly kind: "user" | "service-account";
  readonly id: string;
  readonly crumb: { readonly label: string; readonly href: string };
}) {
  const api = useIdentityApi();
  const current = useCurrent();
  const found = useQuery(api.directory.members.get.queryOptions({ kind, id }));
  const holder = found.data?.holder;
  const isAdministrator = current?.isAdministrator === true;
  const user = useQuery(
    api.people.get.queryOptions({ userId: id }, { enabled: isAdministrator && kind === "user" }),
  );
  useDocumentTitle(holder?.name ?? "Person");
  if (found.isError)
    return <SettingsProblem problem={describeError(found.error)} onRetry={() => void found.refetch()} />;
  const person = { kind, id } as const;
  return (
    <>
      <PageHeader
        crumbs={current === undefined || (kind === "user" && !isAdministrator) ? [] : [crumb]}
        title={holder?.name ?? ""}
        badges={
          <>
            {user.data?.isAdministrator && <Badge tone="accent">administrator</Badge>}
            {holder?.isDisabled && <Badge>disabled</Badge>}
          </>
        }
      >
        {holder && (
          <Button asChild>
            <ZoneLink href={`/settings/explain?who=${encodeURIComponent(holder.name)}`}>
              Why may they?
            </ZoneLink>
          </Button>
        )}
        {user.data && <PersonMenu person={user.data} />}
      </PageHeader>
      <div className="flex max-w-260 flex-col gap-3 px-4 pt-1 pb-6">
        <OpenModeNote />
        {holder === undefined || current === undefined ? (
          <>
            <Skeleton className="h-31 rounded-lg" />
            <Skeleton className="h-20 rounded-lg" />
          </>
        ) : (
          <>
            <BelongsCard holder={holder} role={found.data?.role ?? null} user={user.data} />
            {current.managesWorkspace && <PersonGrantsCard person={person} name={holder.name} />}
            {isAdministrator && <PersonTokensCard person={person} name={holder.name} />}
            {isAdministrator && kind === "user" && <PersonSessionsCard userId={id} name={holder.name} />}
            {current.managesWorkspace && <RecentActsCard actorId={id} />}
          </>
        )}
      </div>
    </>
  );
}
