"use client";

import { CodeSnippet, classNames, useHydrated } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { IdentityApiProvider, useIdentityApi } from "../identity-api.ts";

/** What else a client needs where people sign in; nothing where nobody does. */
export function TokenHint({ className }: { readonly className?: string }) {
  return (
    <IdentityApiProvider>
      <Hint className={className} />
    </IdentityApiProvider>
  );
}

function Hint({ className }: { readonly className?: string | undefined }) {
  const api = useIdentityApi();
  const { data } = useQuery(api.account.current.queryOptions(undefined, { staleTime: 60_000 }));
  if (!useHydrated() || data?.kind !== "user") return null;
  return (
    <div className={classNames("grid gap-2", className)}>
      <p>
        Scripts sign in with a token: make one on{" "}
        <ZoneLink href="/account" className="text-accent hover:underline">
          your account
        </ZoneLink>
        , and set it where they run.
      </p>
      <CodeSnippet label="Shell" code="export MLFLOW_TRACKING_TOKEN=<your token>" />
    </div>
  );
}
