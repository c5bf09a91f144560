"use client";

import type { AuditEntry } from "@runweir/identity-domain";
import {
  Card,
  Cell,
  classNames,
  formatInstant,
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
import type { Address } from "@runweir/web-zones/address";
import { ChevronRight } from "lucide-react";
import { Fragment, useRef } from "react";
import { EntryDetails } from "./entry-details.tsx";

const columns = 6;

/** Of the entry that is open. */
export function readEntryNumber(address: Pick<Address, "get">): number | undefined {
  const given = address.get("entry") ?? "";
  return /^[1-9]\d{0,14}$/.test(given) ? Number(given) : undefined;
}

export function AuditTable({
  entries,
  address,
  hasWorkspaces,
}: {
  /** undefined: still loading. */
  readonly entries: readonly AuditEntry[] | undefined;
  readonly address: Address;
  /** Of several workspaces and of the server. */
  readonly hasWorkspaces: boolean;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useListKeys({ ref, count: entries?.length ?? 0, noun: "entry" });
  const open = readEntryNumber(address);
  return (
    <Card aria-label="Entries" aria-busy={entries === undefined}>
      <TableScroll ref={ref} className="rounded-lg">
        <Table>
          <TableHead>
            <tr>
              <HeadCell>Time</HeadCell>
              <HeadCell>Person</HeadCell>
              <HeadCell>Action</HeadCell>
              <HeadCell className="max-sm:hidden">Object</HeadCell>
              <HeadCell className={classNames("max-lg:hidden", !hasWorkspaces && "hidden")}>
                Workspace
              </HeadCell>
              <HeadCell className="max-md:hidden">Address</HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {entries === undefined ? (
              <SkeletonRows rows={10} columns={columns} />
            ) : (
              entries.map((entry, index) => (
                <Fragment key={entry.sequence}>
                  <EntryRow
                    entry={entry}
                    index={index}
                    isOpen={entry.sequence === open}
                    address={address}
                    hasWorkspaces={hasWorkspaces}
                  />
                  {entry.sequence === open && (
                    <tr>
                      <td
                        id={`entry-${entry.sequence}`}
                        colSpan={columns}
                        className="border-b border-line bg-sunken px-3 py-2 text-sm sm:pl-8"
                      >
                        <EntryDetails entry={entry} address={address} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))
            )}
          </TableBody>
        </Table>
      </TableScroll>
    </Card>
  );
}

function EntryRow({
  entry,
  index,
  isOpen,
  address,
  hasWorkspaces,
}: {
  readonly entry: AuditEntry;
  readonly index: number;
  readonly isOpen: boolean;
  readonly address: Address;
  readonly hasWorkspaces: boolean;
}) {
  const { actor, object, origin } = entry;
  const name = object.name || object.id;
  return (
    <TableRow data-row={index} selected={isOpen} className="focus-within:bg-hover">
      <Cell>
        {/* A link, so that one entry can be sent to a colleague. */}
        <a
          href={`?entry=${entry.sequence}`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? `entry-${entry.sequence}` : undefined}
          title={`Entry ${entry.sequence}`}
          className="inline-flex items-center gap-1 rounded-sm align-middle hover:underline"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            address.set({ entry: isOpen ? undefined : String(entry.sequence) }, "replace");
          }}
        >
          <ChevronRight
            aria-hidden
            className={classNames("size-3.5 shrink-0 text-ink-3 transition-transform", isOpen && "rotate-90")}
          />
          <time
            dateTime={new Date(entry.time).toISOString()}
            className="num text-xs text-ink-2 max-sm:hidden"
          >
            {formatInstant(entry.time)}
          </time>
          <RelativeTime at={entry.time} className="text-ink-2 sm:hidden" />
        </a>
      </Cell>
      <Cell className="max-w-48 truncate max-sm:max-w-28" title={`${actor.kind} ${actor.id}`}>
        {actor.name || actor.id}
      </Cell>
      <Cell className="font-mono text-xs max-sm:max-w-36 max-sm:truncate">{entry.action}</Cell>
      <Cell className="max-w-70 truncate max-sm:hidden" title={`${object.kind} ${object.id}`}>
        {name === "" ? <span className="text-ink-3">–</span> : name}
      </Cell>
      <Cell className={classNames("max-w-40 truncate text-ink-2 max-lg:hidden", !hasWorkspaces && "hidden")}>
        {entry.workspace ?? <span className="text-ink-3">server</span>}
      </Cell>
      <Cell className="num text-ink-3 max-md:hidden">{origin.address ?? origin.door}</Cell>
    </TableRow>
  );
}
