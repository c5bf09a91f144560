"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Badge, Button, Dialog, EmptyState, ErrorState, RelativeTime, ShowMore } from "@runweir/web-ui";
import type { Delivery, DeliveryState } from "@runweir/webhooks-domain";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWebhooksApi, useWebhooksClient } from "./webhooks-api.ts";

const tones = { waiting: "neutral", delivered: "ok", failed: "bad" } as const satisfies Record<
  DeliveryState,
  string
>;
const refreshMs = 5_000;

/** What a webhook was told, the newest first; what waits is looked at again. */
export function DeliveryLog({
  webhookId,
  onClose,
}: {
  readonly webhookId: string;
  readonly onClose: () => void;
}) {
  const api = useWebhooksApi();
  const client = useWebhooksClient();
  const [open, setOpen] = useState<string>();
  const list = useInfiniteQuery({
    queryKey: [...api.pathKey(), "deliveries", webhookId],
    queryFn: ({ pageParam }) => client.listDeliveries.query({ webhookId, limit: 50, pageToken: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: refreshMs,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title="Deliveries" size="lg">
      {list.isError && items === undefined ? (
        <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />
      ) : items?.length === 0 ? (
        <EmptyState title="Nothing was sent yet" />
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items?.map((delivery) => (
            <DeliveryItem
              key={delivery.deliveryId}
              delivery={delivery}
              isOpen={open === delivery.deliveryId}
              onToggle={() =>
                setOpen((before) => (before === delivery.deliveryId ? undefined : delivery.deliveryId))
              }
            />
          ))}
        </ul>
      )}
      <ShowMore list={list} what="deliveries" />
    </Dialog>
  );
}

function DeliveryItem({
  delivery,
  isOpen,
  onToggle,
}: {
  readonly delivery: Delivery;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { event, state, attempts, creationTime, nextTime, lastStatus, lastError } = delivery;
  return (
    <li className="flex flex-col gap-2 py-2">
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex flex-wrap items-center gap-2 text-left text-sm"
        onClick={onToggle}
      >
        <Badge tone={tones[state]}>{state}</Badge>
        <span className="font-mono">{event}</span>
        {lastStatus !== undefined && <span className="text-ink-2">{lastStatus}</span>}
        {lastError !== undefined && <span className="truncate text-ink-2">{lastError}</span>}
        <span className="ml-auto text-ink-3">
          <RelativeTime at={creationTime} />
          {attempts > 1 && `, ${attempts} attempts`}
          {nextTime !== undefined && attempts > 0 && (
            <>
              , next <RelativeTime at={nextTime} />
            </>
          )}
        </span>
      </button>
      {isOpen && <DeliveryBody delivery={delivery} />}
    </li>
  );
}

function DeliveryBody({ delivery: { webhookId, deliveryId, state } }: { readonly delivery: Delivery }) {
  const api = useWebhooksApi();
  const client = useWebhooksClient();
  const queries = useQueryClient();
  const details = useQuery(api.getDelivery.queryOptions({ webhookId, deliveryId }));
  const again = useMutation({
    mutationFn: () => client.redeliver.mutate({ webhookId, deliveryId }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.pathKey() }),
  });
  if (details.isError) return <ErrorState compact problem={describeError(details.error)} />;
  if (details.data === undefined) return null;
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-1 text-sm">
        {details.data.attemptList.map(({ time, status, error, response, durationMs }) => (
          <li key={time} className="flex flex-col">
            <span>
              <RelativeTime at={time} />: {status ?? error}{" "}
              <span className="text-ink-3">({durationMs} ms)</span>
            </span>
            {response && (
              <pre className="max-h-32 overflow-auto rounded-md bg-surface p-2 text-xs whitespace-pre-wrap">
                {response}
              </pre>
            )}
          </li>
        ))}
      </ol>
      <pre className="max-h-64 overflow-auto rounded-md bg-surface p-2 text-xs whitespace-pre-wrap">
        {readable(details.data.body)}
      </pre>
      {again.error && <ErrorState compact problem={describeError(again.error)} />}
      <Button
        className="self-start"
        busy={again.isPending}
        disabled={state === "waiting"}
        onClick={() => again.mutate()}
      >
        Send again
      </Button>
    </div>
  );
}

function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
