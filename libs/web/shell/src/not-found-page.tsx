"use client";

import { Button, EmptyState } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { usePathname } from "next/navigation";

export function NotFoundPage() {
  const pathname = usePathname();
  return (
    <EmptyState
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
