import type { DeliveryState } from "@runweir/tracking-trpc";
import { Badge, Status } from "@runweir/web-ui";
import { Unlink } from "lucide-react";

/** The state by shape, word and colour. */
export function DeliveryPill({ state }: { readonly state: DeliveryState }) {
  switch (state) {
    case "complete":
      return <Status kind="done">complete</Status>;
    case "in_progress":
      return <Status kind="running">in progress</Status>;
    case "gaps":
      return (
        <Badge tone="warn">
          <Unlink aria-hidden className="size-3 shrink-0" strokeWidth={2.5} />
          gaps
        </Badge>
      );
    case "rejected":
      return <Status kind="failed">rejected</Status>;
    case "uncounted":
      return <Status kind="unknown">not counted</Status>;
  }
}
