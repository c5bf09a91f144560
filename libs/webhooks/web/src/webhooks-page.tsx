"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Cell,
  EmptyState,
  ErrorState,
  HeadCell,
  PageHeader,
  RelativeTime,
  ShowMore,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import type { Webhook, WebhookStatus } from "@runweir/webhooks-domain";
import { useInfiniteQuery } from "@tanstack/react-query";
import { AddWebhook } from "./add-webhook.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { WebhookActions } from "./webhook-actions.tsx";
import { useWebhooksApi, useWebhooksClient } from "./webhooks-api.ts";

const tones = {
  active: { tone: "ok", word: "active" },
  disabled: { tone: "neutral", word: "off" },
  test: { tone: "neutral", word: "only when tried" },
  paused: { tone: "bad", word: "paused: it failed too often; what happens meanwhile is not sent" },
} as const satisfies Record<WebhookStatus, { tone: string; word: string }>;

/** Webhooks of the workspace, or of the model that the address names; `hook` shows the log of one. */
export function WebhooksPage() {
  const address = useAddress();
  const model = address.get("model") ?? null;
  const shown = address.get("hook");
  const title = model === null ? "Webhooks" : `Webhooks of ${model}`;
  useDocumentTitle(title);
  const api = useWebhooksApi();
  const client = useWebhooksClient();
  const list = useInfiniteQuery({
    queryKey: [...api.pathKey(), "list", model],
    queryFn: ({ pageParam }) => client.list.query({ model, limit: 50, pageToken: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader
        title={title}
        {...(model === null
          ? {}
          : { crumbs: [{ label: model, href: `/models/${encodeURIComponent(model)}?tab=webhooks` }] })}
      >
        <AddWebhook model={model} />
      </PageHeader>
      <div className="flex flex-col gap-3 px-4 pt-1 pb-6">
        {list.isError && items === undefined ? (
          <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />
        ) : items?.length === 0 ? (
          <EmptyState title="No webhooks yet">
            <p>A webhook calls an address of yours when something happens in the registry.</p>
          </EmptyState>
        ) : (
          <TableScroll className="rounded-lg border border-line">
            <Table>
              <TableHead>
                <tr>
                  {["Name", "Address", "Events", "State", "Made", "Actions"].map((name) => (
                    <HeadCell key={name}>{name}</HeadCell>
                  ))}
                </tr>
              </TableHead>
              <TableBody>
                {items === undefined ? (
                  <SkeletonRows rows={4} columns={6} />
                ) : (
                  items.map((webhook) => (
                    <WebhookRow
                      key={webhook.webhookId}
                      webhook={webhook}
                      onShow={() => address.set({ hook: webhook.webhookId }, "push")}
                    />
                  ))
                )}
              </TableBody>
            </Table>
          </TableScroll>
        )}
        <ShowMore list={list} what="webhooks" />
      </div>
      {shown && <DeliveryLog webhookId={shown} onClose={() => address.set({ hook: undefined }, "replace")} />}
    </>
  );
}

function WebhookRow({ webhook, onShow }: { readonly webhook: Webhook; readonly onShow: () => void }) {
  const { name, url, events, status, format, isSigned, creationTime, creator } = webhook;
  return (
    <TableRow>
      <Cell>
        <span className="inline-flex items-center gap-2">
          {name}
          {format === "databricks" && <Badge>Databricks</Badge>}
          {isSigned && <Badge>signed</Badge>}
        </span>
      </Cell>
      <Cell>
        <span className="block max-w-72 truncate font-mono" title={url}>
          {url}
        </span>
      </Cell>
      <Cell>
        <span title={events.join("\n")}>{events.length === 1 ? events[0] : `${events.length} events`}</span>
      </Cell>
      <Cell>
        <Badge tone={tones[status].tone}>{tones[status].word}</Badge>
      </Cell>
      <Cell>
        <RelativeTime at={creationTime} /> <span className="text-ink-3">by {creator.name}</span>
      </Cell>
      <Cell>
        <WebhookActions webhook={webhook} onShow={onShow} />
      </Cell>
    </TableRow>
  );
}
