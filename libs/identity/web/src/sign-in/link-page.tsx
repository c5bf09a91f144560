"use client";

import { Button, Skeleton } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import { AuthPage } from "./auth-page.tsx";
import { sendAuth } from "./send-auth.ts";

interface Link {
  readonly email?: string | undefined;
  readonly username?: string | undefined;
}

const waysOn = {
  "first-administrator": "The server prints a new one when it starts, as long as it has no administrator.",
  invitation: "Whoever invited you can send another one.",
  "password-reset": "Ask for another one, or an administrator for help.",
} as const;

/** A page behind a link that works once: looks whether it does before anybody fills anything in. */
export function LinkPage({
  purpose,
  title,
  children,
}: {
  readonly purpose: "first-administrator" | "invitation" | "password-reset";
  readonly title: string;
  readonly children: (link: Link & { readonly token: string }) => ReactNode;
}) {
  const { token } = useParams<{ token: string }>();
  const link = useQuery({
    queryKey: ["link", purpose, token],
    queryFn: () => sendAuth<Link>("/link", { purpose, token }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problem = link.data?.problem;
  if (problem)
    return (
      <AuthPage title="This link leads nowhere">
        <p role="alert" className="rounded-md bg-bad-soft p-2.5 text-sm">
          {problem.message}
        </p>
        <p className="text-sm text-ink-2">{waysOn[purpose]}</p>
        <Button asChild size="lg">
          <ZoneLink href="/sign-in">Sign in</ZoneLink>
        </Button>
      </AuthPage>
    );
  return (
    <AuthPage title={title}>
      {link.data === undefined ? <Skeleton className="h-80" /> : children({ ...link.data.value, token })}
    </AuthPage>
  );
}
