"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Badge, EmptyState, ErrorState, PageHeader, Skeleton, useDocumentTitle } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useIdentityApi } from "../identity-api.ts";
import { PasswordCard } from "./password-card.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { TokensCard } from "./tokens-card.tsx";

/** What is one's own: profile, password, sessions, tokens. */
export function AccountPage() {
  useDocumentTitle("Account");
  const api = useIdentityApi();
  const profile = useQuery(api.account.profile.queryOptions());
  if (profile.isError)
    return (
      <ErrorState
        heading="h1"
        problem={describeError(profile.error)}
        onRetry={() => void profile.refetch()}
      />
    );
  const user = profile.data;
  return (
    <>
      <PageHeader title="Account" badges={user?.isAdministrator && <Badge>administrator</Badge>} />
      <div className="flex max-w-260 flex-col gap-3 px-4 pt-1 pb-6">
        {user === undefined ? (
          <>
            <Skeleton className="h-31 rounded-lg" />
            <Skeleton className="h-20 rounded-lg" />
            <Skeleton className="h-35 rounded-lg" />
          </>
        ) : user.kind === "local-owner" ? (
          <EmptyState title="Nobody has to sign in here">
            <p>
              This server answers on this machine only, and whoever sits at it is the local owner. To give
              people accounts and tokens, start it with{" "}
              <code className="font-mono">npm start -- --identity</code>.
            </p>
          </EmptyState>
        ) : (
          <>
            <ProfileCard profile={user} />
            <TokensCard />
            {user.kind === "user" && <SessionsCard current={user.sessionId} />}
            {user.hasPassword && <PasswordCard username={user.username} />}
          </>
        )}
      </div>
    </>
  );
}
