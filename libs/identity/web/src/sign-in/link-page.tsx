"use client";

import { ErrorState, Skeleton } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import { AuthPage } from "./auth-page.tsx";
import { sendAuth } from "./send-auth.ts";

interface Link {
  readonly email?: string | undefined;
  readonly username?: string | undefined;
}

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
  return (
    <AuthPage title={title}>
      {link.data === undefined ? (
        <Skeleton className="h-40" />
      ) : link.data.problem ? (
        <ErrorState
          compact
          problem={{ title: "This link does not work", message: link.data.problem.message }}
        />
      ) : (
        children({ ...link.data.value, token })
      )}
    </AuthPage>
  );
}
