"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, ConfirmDialog, useToast } from "@runweir/web-ui";
import type { Webhook } from "@runweir/webhooks-domain";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWebhooksApi, useWebhooksClient } from "./webhooks-api.ts";

/** The log, an attempt with an example, off and on, and deletion. */
export function WebhookActions({
  webhook: { webhookId, name, status },
  onShow,
}: {
  readonly webhook: Webhook;
  readonly onShow: () => void;
}) {
  const api = useWebhooksApi();
  const client = useWebhooksClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [isDeleting, setDeleting] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: api.pathKey() });
  const isOn = status === "active";
  const tryOut = useMutation({
    mutationFn: () => client.test.mutate({ webhookId }),
    onSuccess: (result) => {
      const isTaken = result.outcome === "answered" && result.status < 400;
      toast({
        title: isTaken ? `${name} took the example` : `${name} did not take the example`,
        description: result.outcome === "answered" ? `It answered ${result.status}.` : result.message,
        tone: isTaken ? "neutral" : "bad",
      });
    },
    onError: (error) =>
      toast({ title: `${name} was not tried`, description: describeError(error).message, tone: "bad" }),
  });
  const turn = useMutation({
    mutationFn: () => client.update.mutate({ webhookId, status: isOn ? "disabled" : "active" }),
    onError: (error) =>
      toast({ title: `${name} was not changed`, description: describeError(error).message, tone: "bad" }),
    onSettled: refresh,
  });
  return (
    <span className="inline-flex gap-1">
      <Button variant="ghost" onClick={onShow}>
        Deliveries
      </Button>
      <Button variant="ghost" busy={tryOut.isPending} onClick={() => tryOut.mutate()}>
        Try
      </Button>
      <Button variant="ghost" busy={turn.isPending} onClick={() => turn.mutate()}>
        {isOn ? "Turn off" : "Turn on"}
      </Button>
      <Button variant="ghost" onClick={() => setDeleting(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setDeleting}
        title={`Delete ${name}?`}
        description="Its log of deliveries goes with it, and what is waiting is not sent."
        confirmLabel="Delete"
        danger
        describeError={describeError}
        onConfirm={async () => {
          await client.delete.mutate({ webhookId });
          await refresh();
        }}
      />
    </span>
  );
}
