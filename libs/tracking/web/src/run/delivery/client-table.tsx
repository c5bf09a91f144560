import type { Delivery } from "@runweir/tracking-trpc";
import {
  Cell,
  formatCount,
  HeadCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { gapWords } from "./delivery-words.ts";

/** Clients that number their batches, those with gaps first. */
export function ClientTable({ delivery }: { readonly delivery: Delivery }) {
  const { clients, clientCount } = delivery;
  return (
    <>
      <TableScroll className="max-h-80 border-t border-line">
        <Table aria-label="Clients">
          <TableHead>
            <tr>
              <HeadCell>Client</HeadCell>
              <HeadCell numeric>batches</HeadCell>
              <HeadCell numeric>first</HeadCell>
              <HeadCell numeric>last</HeadCell>
              <HeadCell>missing</HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {clients.map((client) => (
              <TableRow key={client.client}>
                <Cell className="max-w-36 truncate" title={client.client}>
                  {client.client}
                </Cell>
                <Cell numeric>{formatCount(client.batches)}</Cell>
                <Cell numeric>{client.first === null ? "–" : formatCount(client.first)}</Cell>
                <Cell numeric>{client.last === null ? "–" : formatCount(client.last)}</Cell>
                <Cell className={client.missing > 0 ? "text-warn" : "text-ink-3"}>
                  {client.missing > 0 ? gapWords(client) : "none"}
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableScroll>
      {clientCount > clients.length && (
        <p className="border-t border-line px-3 py-2 text-sm text-ink-3">
          {formatCount(clientCount - clients.length)} more clients.
        </p>
      )}
    </>
  );
}
