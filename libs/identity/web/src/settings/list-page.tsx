"use client";

import type { Page } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  Cell,
  EmptyState,
  ErrorState,
  HeadCell,
  PageHeader,
  SearchInput,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useDocumentTitle,
  useHotkey,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { type ReactNode, useDeferredValue, useRef } from "react";
import { OpenModeNote } from "./open-mode-note.tsx";
import { type PageQuestion, usePages } from "./use-pages.ts";

export interface Column<Item> {
  readonly name: string;
  readonly cell: (item: Item) => ReactNode;
}

/** A searchable list of settings, page by page: the same for members, groups, accounts, grants and workspaces. */
export function ListPage<Item>({
  title,
  what,
  queryKey,
  ask,
  idOf,
  columns,
  actions,
  empty,
}: {
  readonly title: string;
  /** In the plural, for the search: "members". */
  readonly what: string;
  readonly queryKey: readonly unknown[];
  readonly ask: (question: PageQuestion) => Promise<Page<Item>>;
  readonly idOf: (item: Item) => string;
  readonly columns: readonly Column<Item>[];
  readonly actions?: ReactNode;
  readonly empty: ReactNode;
}) {
  useDocumentTitle(title);
  const address = useAddress();
  const search = address.get("q") ?? "";
  const list = usePages(queryKey, useDeferredValue(search), ask);
  const input = useRef<HTMLInputElement>(null);
  useHotkey("/", `Search ${what}`, () => input.current?.focus());
  return (
    <>
      <PageHeader title={title}>{actions}</PageHeader>
      <div className="flex flex-col gap-3 px-4 pt-1 pb-6">
        <OpenModeNote />
        <SearchInput
          ref={input}
          label={`Search ${what}`}
          placeholder={`Search ${what}`}
          className="w-full max-w-80"
          value={search}
          onValueChange={(value) => address.set({ q: value || undefined }, "replace")}
        />
        {list.isError && list.items === undefined ? (
          <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />
        ) : list.items?.length === 0 ? (
          search === "" ? (
            <EmptyState title={`No ${what} yet`}>{empty}</EmptyState>
          ) : (
            <EmptyState
              title={`No ${what} match`}
              actions={<Button onClick={() => address.set({ q: undefined })}>Clear the search</Button>}
            />
          )
        ) : (
          <TableScroll className="rounded-lg border border-line">
            <Table>
              <TableHead>
                <tr>
                  {columns.map(({ name }) => (
                    <HeadCell key={name}>{name}</HeadCell>
                  ))}
                </tr>
              </TableHead>
              <TableBody>
                {list.items === undefined ? (
                  <SkeletonRows rows={6} columns={columns.length} />
                ) : (
                  list.items.map((item) => (
                    <TableRow key={idOf(item)}>
                      {columns.map(({ name, cell }) => (
                        <Cell key={name}>{cell(item)}</Cell>
                      ))}
                    </TableRow>
                  ))
                )}
              </TableBody>
            </Table>
          </TableScroll>
        )}
        {list.hasNextPage && (
          <Button
            className="self-start"
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more {what}
          </Button>
        )}
      </div>
    </>
  );
}
