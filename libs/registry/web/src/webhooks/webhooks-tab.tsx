"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Badge, Button, CardHeader, type Column, EmptyState, ErrorState, ListTable } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useWebhooksApi, type Webhook } from "../webhooks-api.ts";

const shown = 50;

/** Who is told of this model; they are made, tried and turned off on a page of their own. */
export function WebhooksTab({ name }: { readonly name: string }) {
  const api = useWebhooksApi();
  const query = useQuery(api.list.queryOptions({ model: name, limit: shown }));
  const manage = (
    <Button asChild>
      <ZoneLink href={`/settings/webhooks?model=${encodeURIComponent(name)}`}>Manage webhooks</ZoneLink>
    </Button>
  );
  if (query.isError && query.data === undefined)
    return <ErrorState problem={describeError(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data?.items.length === 0)
    return (
      <EmptyState title="No webhooks yet" actions={manage}>
        <p>A webhook calls an address of yours when something happens to this model.</p>
      </EmptyState>
    );
  return (
    <div className="px-4 py-3">
      <ListTable
        label="Webhooks"
        header={<CardHeader title="Webhooks">{manage}</CardHeader>}
        items={query.data?.items}
        idOf={({ webhookId }) => webhookId}
        noun="webhook"
        columns={columnsOf(name)}
        rowsToCome={3}
      />
    </div>
  );
}

function columnsOf(model: string): readonly Column<Webhook>[] {
  return [
    {
      name: "Name",
      className: "max-w-60 truncate",
      cell: ({ webhookId, name, url }) => (
        <ZoneLink
          href={`/settings/webhooks?model=${encodeURIComponent(model)}&hook=${webhookId}`}
          className="rounded-sm font-medium hover:underline"
        >
          {name === "" ? url : name}
        </ZoneLink>
      ),
    },
    {
      name: "Address",
      className: "max-w-90 truncate max-sm:hidden",
      cell: ({ url }) => (
        <span className="num" title={url}>
          {url}
        </span>
      ),
    },
    {
      name: "Events",
      className: "max-md:hidden",
      cell: ({ events }) => (
        <span title={events.join("\n")}>{events.length === 1 ? events[0] : `${events.length} events`}</span>
      ),
    },
    {
      name: "State",
      cell: ({ status }) => (
        <Badge tone={status === "active" ? "ok" : status === "paused" ? "bad" : "neutral"}>{status}</Badge>
      ),
    },
  ];
}
