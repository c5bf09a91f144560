"use client";

import {
  Cell,
  HeadCell,
  RelativeTime,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useListKeys,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { type ReactNode, useRef } from "react";
import type { Request } from "../review-api.ts";
import { StateBadge } from "../state-badge.tsx";
import { modelOf } from "../target-words.ts";

export interface ListedRequest {
  readonly request: Request;
  readonly time: number;
  /** Why it is in the list. */
  readonly reason?: ReactNode;
}

export function RequestsTable({
  requests,
}: {
  /** undefined: still loading. */
  readonly requests: readonly ListedRequest[] | undefined;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useListKeys({ ref, count: requests?.length ?? 0, noun: "request" });
  return (
    <TableScroll ref={ref} className="rounded-lg">
      <Table>
        <TableHead>
          <tr>
            <HeadCell>Request</HeadCell>
            <HeadCell className="max-md:hidden">Model</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell className="max-sm:hidden">By</HeadCell>
            <HeadCell className="max-sm:hidden">Last change</HeadCell>
          </tr>
        </TableHead>
        <TableBody>
          {requests === undefined ? (
            <SkeletonRows rows={6} columns={5} />
          ) : (
            requests.map(({ request, time, reason }, index) => (
              <TableRow key={request.requestId} data-row={index} className="focus-within:bg-hover">
                <Cell className="max-w-100 max-sm:max-w-50">
                  <span className="flex items-center gap-x-2 gap-y-1 max-sm:flex-wrap max-sm:py-1">
                    <span className="flex min-w-0 gap-2 max-sm:w-full">
                      <span className="num text-ink-3">#{request.requestId}</span>
                      <ZoneLink
                        href={`/reviews/${request.requestId}`}
                        title={request.title}
                        className="truncate rounded-sm font-medium hover:underline"
                      >
                        {request.title}
                      </ZoneLink>
                    </span>
                    {reason}
                  </span>
                </Cell>
                <Cell className="max-w-60 truncate text-ink-2 max-md:hidden">
                  {modelOf(request) ?? "policies"}
                </Cell>
                <Cell>
                  <StateBadge state={request.state} />
                </Cell>
                <Cell className="max-w-40 truncate text-ink-3 max-sm:hidden">{request.author.name}</Cell>
                <Cell className="max-sm:hidden">
                  <RelativeTime at={time} className="text-ink-3" />
                </Cell>
              </TableRow>
            ))
          )}
        </TableBody>
      </Table>
    </TableScroll>
  );
}
