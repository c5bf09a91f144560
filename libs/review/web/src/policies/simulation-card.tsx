"use client";

import {
  Badge,
  Card,
  CardHeader,
  Cell,
  HeadCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import type { Simulation } from "../review-api.ts";

/** What the rules would have said of the last requests; those that it makes no difference to come last. */
export function SimulationCard({ simulation }: { readonly simulation: Simulation }) {
  const { requests, blocked, freed } = simulation;
  const differing = requests.toSorted(
    (a, b) => Number(b.before !== b.after) - Number(a.before !== a.after) || b.requestId - a.requestId,
  );
  return (
    <Card aria-label="What it would have done">
      <CardHeader title="What it would have done" count={`${blocked} held back, ${freed} let through`} />
      {requests.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">There is no request yet to try it on.</p>
      ) : (
        <TableScroll className="max-h-120 rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Request</HeadCell>
                <HeadCell>Now</HeadCell>
                <HeadCell>Then</HeadCell>
                <HeadCell>Missing</HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {differing.map(({ requestId, title, before, after, missing }) => (
                <TableRow key={requestId}>
                  <Cell className="max-w-50 truncate">
                    <ZoneLink href={`/reviews/${requestId}`} title={title} className="hover:underline">
                      #{requestId} {title}
                    </ZoneLink>
                  </Cell>
                  <Cell>
                    <Allowed is={before} />
                  </Cell>
                  <Cell>
                    <Allowed is={after} />
                  </Cell>
                  <Cell className="min-w-50 py-1 whitespace-normal text-ink-3">{missing.join(", ")}</Cell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}

function Allowed({ is }: { readonly is: boolean }) {
  return <Badge tone={is ? "ok" : "warn"}>{is ? "applies" : "held back"}</Badge>;
}
