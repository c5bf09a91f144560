"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  CardHeader,
  Cell,
  EmptyState,
  ErrorState,
  HeadCell,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useWebhooksApi } from "../webhooks-api.ts";

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
      <Card aria-label="Webhooks">
        <CardHeader title="Webhooks">{manage}</CardHeader>
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Name</HeadCell>
                <HeadCell className="max-sm:hidden">Address</HeadCell>
                <HeadCell className="max-md:hidden">Events</HeadCell>
                <HeadCell>State</HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {query.data === undefined ? (
                <SkeletonRows rows={3} columns={4} />
              ) : (
                query.data.items.map(({ webhookId, name: called, url, events, status }) => (
                  <TableRow key={webhookId}>
                    <Cell className="max-w-60 truncate">
                      <ZoneLink
                        href={`/settings/webhooks?model=${encodeURIComponent(name)}&hook=${webhookId}`}
                        className="rounded-sm font-medium hover:underline"
                      >
                        {called === "" ? url : called}
                      </ZoneLink>
                    </Cell>
                    <Cell className="max-w-90 truncate max-sm:hidden" title={url}>
                      <span className="num">{url}</span>
                    </Cell>
                    <Cell className="max-md:hidden" title={events.join("\n")}>
                      {events.length === 1 ? events[0] : `${events.length} events`}
                    </Cell>
                    <Cell>
                      <Badge tone={status === "active" ? "ok" : status === "paused" ? "bad" : "neutral"}>
                        {status}
                      </Badge>
                    </Cell>
                  </TableRow>
                ))
              )}
            </TableBody>
          </Table>
        </TableScroll>
      </Card>
    </div>
  );
}
