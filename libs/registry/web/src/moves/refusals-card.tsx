"use client";

import type { BulkJob } from "@runweir/registry-trpc";
import { Card, CardHeader, formatCount } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { modelHref } from "../model-address.ts";

/** The first models that the plan leaves out, each with what forbids it; a protected one is moved by a request. */
export function RefusalsCard({ job: { refused, refusals } }: { readonly job: BulkJob }) {
  return (
    <Card aria-label="Left out">
      <CardHeader title="Left out" count={formatCount(refused)} />
      <ul className="flex flex-col gap-1.5 px-3 pb-3 text-sm">
        {refusals.map(({ model, reason }) => (
          <li key={model} className="min-w-0 break-words">
            <ZoneLink href={modelHref(model)} className="rounded-sm font-medium hover:underline">
              {model}
            </ZoneLink>{" "}
            <span className="text-ink-2">{reason}</span>
          </li>
        ))}
        {refused > refusals.length && (
          <li className="text-ink-3">and {formatCount(refused - refusals.length)} more</li>
        )}
      </ul>
    </Card>
  );
}
