"use client";

import { Button, EmptyState } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

export function NotFoundPage() {
  // One page is drawn beforehand for all addresses that have none; only the browser knows which it was.
  const pathname = useSyncExternalStore(
    never,
    () => window.location.pathname,
    () => "this address",
  );
  return (
    <EmptyState
      heading="h1"
      title="There is no page here"
      actions={
        <>
          <Button asChild variant="primary">
            <ZoneLink href="/experiments">Go to the experiments</ZoneLink>
          </Button>
          <Button asChild>
            <ZoneLink href="/">Home</ZoneLink>
          </Button>
        </>
      }
    >
      <p>
        Nothing answers to <code className="break-all">{pathname}</code>. It may have been renamed, or the
        address was cut short when it was copied.
      </p>
    </EmptyState>
  );
}
