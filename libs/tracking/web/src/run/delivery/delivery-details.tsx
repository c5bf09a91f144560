"use client";

import type { Delivery } from "@runweir/tracking-trpc";
import {
  CardFooter,
  CopyButton,
  Detail,
  DetailList,
  formatCount,
  formatDuration,
  formatInstant,
  RelativeTime,
} from "@runweir/web-ui";
import { ClientTable } from "./client-table.tsx";
import { batches, counted } from "./delivery-words.ts";
import { RejectedList } from "./rejected-list.tsx";

/** The ledger's figures, the certificate, the clients with their gaps, and what was rejected. */
export function DeliveryDetails({ delivery }: { readonly delivery: Delivery }) {
  const { accepted, repeated, rejected, lastLagMs, longestLagMs, lastAppliedAt, complete } = delivery;
  return (
    <div className="border-t border-line pt-2.5">
      <DetailList>
        <Detail name="Accepted">{`${counted(accepted.points, "point")} in ${batches(accepted.batches)}`}</Detail>
        <Detail name="Stored">{counted(delivery.storedPoints, "distinct point")}</Detail>
        <Detail name="Duplicate">
          <Few count={delivery.duplicatePoints}>
            {counted(delivery.duplicatePoints, "point")}
            {repeated.batches > 0 && `, ${batches(repeated.batches)} sent again`}
          </Few>
        </Detail>
        <Detail name="Late">
          <Few count={delivery.latePoints}>
            {counted(delivery.latePoints, "point")} behind the last step of{" "}
            {delivery.latePoints === 1 ? "its" : "their"} metric
          </Few>
        </Detail>
        <Detail name="Rejected">
          <Few
            count={rejected.batches}
          >{`${batches(rejected.batches)}, ${counted(rejected.points, "point")}`}</Few>
        </Detail>
        {delivery.damagedBatches > 0 && (
          <Detail name="Not merged">
            {batches(delivery.damagedBatches)}, damaged or impossible to store
          </Detail>
        )}
        {lastAppliedAt !== null && (
          <Detail name="Last applied">
            <RelativeTime at={lastAppliedAt} />
            {lastLagMs !== null && longestLagMs !== null && longestLagMs > 0 && (
              <span className="text-ink-3">
                {`, lag ${formatDuration(lastLagMs)}, longest ${formatDuration(longestLagMs)}`}
              </span>
            )}
          </Detail>
        )}
        {complete !== null && (
          <>
            <Detail name="Certified">{formatInstant(complete.issuedAt)}</Detail>
            <Detail name="Digest">
              <span className="flex items-center gap-1">
                <span className="num min-w-0 truncate" title={complete.digest}>
                  {complete.digest}
                </span>
                <CopyButton text={complete.digest} label="Copy digest" className="-my-1.5" />
              </span>
            </Detail>
          </>
        )}
      </DetailList>
      {delivery.clients.length > 0 && <ClientTable delivery={delivery} />}
      {delivery.rejectedBatches.length > 0 && (
        <RejectedList batches={delivery.rejectedBatches} total={rejected.batches} />
      )}
      <CardFooter className="border-t border-line pt-2">
        <a
          href={`/ingest/v1/runs/${encodeURIComponent(delivery.runId)}/delivery`}
          target="_blank"
          rel="noreferrer"
          className="rounded-sm font-sans text-accent hover:underline"
        >
          As JSON
        </a>
      </CardFooter>
    </div>
  );
}

function Few({ count, children }: { readonly count: number; readonly children: React.ReactNode }) {
  return count === 0 ? (
    <span className="text-ink-3">none</span>
  ) : (
    <span title={formatCount(count)}>{children}</span>
  );
}
