"use client";

import { Button, Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { CircleUserRound } from "lucide-react";
import { IdentityApiProvider, useIdentityApi } from "./identity-api.ts";

/** Who one is here, and the way out. */
export function AccountMenu() {
  return (
    <IdentityApiProvider>
      <Who />
    </IdentityApiProvider>
  );
}

function Who() {
  const api = useIdentityApi();
  const { data } = useQuery(api.account.current.queryOptions(undefined, { staleTime: 60_000 }));
  if (data === undefined || data.kind === "anonymous") return null;
  const isSignedIn = data.kind === "user";
  return (
    <Menu
      label="Account"
      trigger={
        <Button variant="ghost" icon={<CircleUserRound aria-hidden className="size-4" />}>
          <span className="max-w-40 truncate max-sm:sr-only">{data.name}</span>
        </Button>
      }
    >
      <MenuLabel>
        {isSignedIn ? `Signed in as ${data.name}` : "Nobody has to sign in on this machine"}
      </MenuLabel>
      <MenuLink>
        <ZoneLink href="/account">Account</ZoneLink>
      </MenuLink>
      <MenuLink>
        <ZoneLink href="/settings">Settings of {data.workspace}</ZoneLink>
      </MenuLink>
      <MenuLink>
        <ZoneLink href="/settings/workspaces">Switch workspace</ZoneLink>
      </MenuLink>
      {data.isAdministrator && (
        <MenuLink>
          <ZoneLink href="/settings/people">People</ZoneLink>
        </MenuLink>
      )}
      {isSignedIn && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
        </>
      )}
    </Menu>
  );
}

async function signOut(): Promise<void> {
  await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  window.location.assign("/sign-in");
}
