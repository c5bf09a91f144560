import type { Delivery } from "@runweir/tracking-trpc";
import {
  Cell,
  classNames,
  formatCount,
  HeadCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { gapWords, numberWords } from "./delivery-words.ts";

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
              <HeadCell numeric>numbers</HeadCell>
              <HeadCell>missing</HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {clients.map((client) => (
              <TableRow key={client.client} className="align-top">
                <Cell className="min-w-28 py-1.75 break-all whitespace-normal">{client.client}</Cell>
                <Cell numeric className="py-1.75">
                  {formatCount(client.batches)}
                </Cell>
                <Cell numeric className="py-1.75">
                  {numberWords(client)}
                </Cell>
                <Cell
                  className={classNames(
                    "max-w-36 py-1.75 whitespace-normal",
                    client.missing > 0 ? "text-warn" : "text-ink-3",
                  )}
                >
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
