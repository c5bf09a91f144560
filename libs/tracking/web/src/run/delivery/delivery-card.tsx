"use client";

import type { Delivery, WireRun } from "@runweir/tracking-trpc";
import { describeError } from "@runweir/web-trpc-client";
import { Button, Card, CardHeader, ErrorState, Skeleton } from "@runweir/web-ui";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useTrackingApi } from "../../tracking-api.ts";
import { DeliveryDetails } from "./delivery-details.tsx";
import { DeliveryPill } from "./delivery-pill.tsx";
import { deliveryLine, isEmpty } from "./delivery-words.ts";

/** Whether everything that was sent for a run is stored: one line, and the figures behind it for whoever asks. */
export function DeliveryCard({ run }: { readonly run: WireRun }) {
  const api = useTrackingApi();
  const { runId, status } = run.info;
  const { data, error, refetch } = useQuery(api.runs.delivery.queryOptions({ runId }));
  return (
    <Card aria-label="Delivery">
      <CardHeader title="Delivery">
        {data && !isEmpty(data) && <DeliveryPill state={data.state} />}
      </CardHeader>
      {data !== undefined ? (
        isEmpty(data) ? (
          <p className="px-3 pb-3 text-sm text-ink-3">
            {status === "RUNNING" || status === "SCHEDULED"
              ? "No points yet. What is sent is counted here, down to the last batch."
              : "No points were sent for this run."}
          </p>
        ) : (
          <Told delivery={data} />
        )
      ) : error === null ? (
        <div className="flex h-10 items-center px-3 pb-3">
          <Skeleton className="w-56" />
        </div>
      ) : (
        <ErrorState compact problem={describeError(error)} onRetry={() => void refetch()} className="m-2" />
      )}
    </Card>
  );
}

function Told({ delivery }: { readonly delivery: Delivery }) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const Mark = open ? ChevronDown : ChevronRight;
  return (
    <>
      <div className="flex min-h-10 items-start gap-2 pr-1.5 pb-2 pl-3 text-sm">
        <p aria-live="polite" className="min-w-0 flex-1 pt-1.25 text-ink-2">
          {deliveryLine(delivery)}
        </p>
        <Button
          variant="ghost"
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
          icon={<Mark aria-hidden className="size-3.5" />}
        >
          Details
        </Button>
      </div>
      <div id={details} hidden={!open}>
        {open && <DeliveryDetails delivery={delivery} />}
      </div>
    </>
  );
}
