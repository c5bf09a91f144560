"use client";

import type { AuditEntry } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  formatCount,
  formatInstant,
  PageHeader,
  Skeleton,
  useDocumentTitle,
  useHotkey,
  useNow,
} from "@runweir/web-ui";
import { type Address, useAddress } from "@runweir/web-zones/address";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useDeferredValue, useMemo, useRef } from "react";
import { useIdentityApi } from "../identity-api.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditTable, readEntryNumber } from "./audit-table.tsx";
import { ChainState } from "./chain-state.tsx";
import { EntryDetails } from "./entry-details.tsx";
import { exportAddress, isFiltered, noFilter, readFilter } from "./read-filter.ts";
import { useEntries, useEntry } from "./use-entries.ts";

const minute = 60_000;

/** Who did what to which object, from where: found, read, verified and written out. */
export function AuditPage() {
  useDocumentTitle("Audit log");
  const address = useAddress();
  const api = useIdentityApi();
  const choices = useQuery(api.audit.choices.queryOptions());
  const now = Math.floor(useNow() / minute) * minute;
  const filter = useMemo(() => readFilter(address, now), [address, now]);
  const list = useEntries(useDeferredValue(filter));
  const search = useRef<HTMLInputElement>(null);
  useHotkey("/", "Search", () => search.current?.focus());
  const count = list.entries?.length;
  const isWhole = choices.data?.isWhole === true;
  return (
    <>
      <PageHeader title="Audit log">
        <Button asChild>
          <a href={exportAddress(filter)} download>
            <Download aria-hidden className="size-3.5" />
            Export
          </a>
        </Button>
      </PageHeader>
      <div className="flex flex-col gap-3 px-4 pt-1 pb-6">
        {choices.isPending ? <Skeleton className="h-11 w-full rounded-lg" /> : isWhole && <ChainState />}
        <AuditFilters
          address={address}
          people={choices.data?.people ?? []}
          actions={choices.data?.actions ?? []}
          searchRef={search}
        />
        {list.isError && count === undefined ? (
          <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()}>
            <p className="text-ink-2">Every entry is kept.</p>
          </ErrorState>
        ) : count === 0 ? (
          <NoEntries isFiltered={isFiltered(address)} onClear={() => address.set(noFilter)} />
        ) : (
          <>
            <LinkedEntry entries={list.entries} address={address} />
            <AuditTable
              entries={list.entries}
              address={address}
              hasWorkspaces={choices.isPending || isWhole}
            />
            {list.hasNextPage && (
              <Button
                className="self-start"
                busy={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
              >
                Show older entries
              </Button>
            )}
          </>
        )}
      </div>
    </>
  );
}

/** The entry that somebody was sent, where it is not among those on the screen. */
function LinkedEntry({
  entries,
  address,
}: {
  readonly entries: readonly AuditEntry[] | undefined;
  readonly address: Address;
}) {
  const wanted = readEntryNumber(address);
  const isListed = entries?.some(({ sequence }) => sequence === wanted) !== false;
  const { data: entry } = useEntry(isListed ? undefined : wanted);
  if (isListed || wanted === undefined || entry === undefined) return null;
  return (
    <Card aria-label={`Entry ${wanted}`} className="px-3 pb-2">
      <header className="flex min-h-10 flex-wrap items-center gap-x-2.5 text-sm">
        <h2 className="font-semibold">Entry {formatCount(wanted)}</h2>
        {entry === null ? (
          <span className="text-ink-2">is not in the log, or not yours to read.</span>
        ) : (
          <>
            <span className="text-ink-2">{formatInstant(entry.time)}</span>
            <span>{entry.actor.name || entry.actor.id}</span>
            <span className="font-mono text-xs">{entry.action}</span>
            <span className="truncate">{entry.object.name || entry.object.id}</span>
          </>
        )}
        <Button
          variant="ghost"
          className="ml-auto"
          onClick={() => address.set({ entry: undefined }, "replace")}
        >
          Close
        </Button>
      </header>
      {entry !== null && <EntryDetails entry={entry} address={address} />}
    </Card>
  );
}

function NoEntries({
  isFiltered: filtered,
  onClear,
}: {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}) {
  if (filtered)
    return (
      <EmptyState title="No entry matches" actions={<Button onClick={onClear}>Clear filters</Button>}>
        <p>All conditions have to hold. Words are looked for at the beginning of words.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing has been entered yet">
      <p>
        Sign-ins, changes of people, tokens, members and grants, and what is deleted, restored, renamed or
        promoted appear here, with who did it, from where, and what it was before. Entries are never changed
        or deleted.
      </p>
    </EmptyState>
  );
}
