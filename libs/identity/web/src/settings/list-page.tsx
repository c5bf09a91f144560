"use client";

import type { Page } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  type Column,
  type Crumb,
  EmptyState,
  ListTable,
  PageHeader,
  SearchInput,
  ShowMore,
  useDocumentTitle,
  useHotkey,
} from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { type ReactNode, useDeferredValue, useRef } from "react";
import { OpenModeNote } from "./open-mode-note.tsx";
import { SettingsProblem } from "./settings-problem.tsx";
import { type PageQuestion, usePages } from "./use-pages.ts";

/** A searchable list of settings, page by page: the same for members, groups, accounts, tokens, grants and workspaces. */
export function ListPage<Item>({
  title,
  crumbs,
  about,
  what,
  noun,
  queryKey,
  ask,
  idOf,
  columns,
  rowActions,
  actions,
  filters,
  filterNames = [],
  empty,
  children,
}: {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  /** A sentence under the title. */
  readonly about?: string;
  /** In the plural, for the search: "members". */
  readonly what: string;
  readonly noun: string;
  readonly queryKey: readonly unknown[];
  readonly ask: (question: PageQuestion) => Promise<Page<Item>>;
  readonly idOf: (item: Item) => string;
  readonly columns: readonly Column<Item>[];
  readonly rowActions?: ((item: Item) => ReactNode) | undefined;
  /** On the right of the title. */
  readonly actions?: ReactNode;
  /** Beside the search. */
  readonly filters?: ReactNode;
  /** What they put into the address where they leave something out. */
  readonly filterNames?: readonly string[];
  readonly empty: ReactNode;
  /** Below the list. */
  readonly children?: ReactNode;
}) {
  useDocumentTitle(title);
  const address = useAddress();
  const search = address.get("q") ?? "";
  const narrowedBy = ["q", ...filterNames].filter((name) => address.get(name) !== undefined);
  const list = usePages(queryKey, useDeferredValue(search.trim()), ask);
  const input = useRef<HTMLInputElement>(null);
  useHotkey("/", `Search ${what}`, () => input.current?.focus());
  return (
    <>
      <PageHeader title={title} {...(crumbs ? { crumbs } : {})}>
        {actions}
      </PageHeader>
      <div className="flex flex-col gap-3 px-4 pt-1 pb-6">
        {about !== undefined && <p className="max-w-200 text-sm text-ink-2">{about}</p>}
        <OpenModeNote />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <SearchInput
            ref={input}
            label={`Search ${what}`}
            placeholder={`Search ${what}`}
            className="w-full max-w-80"
            value={search}
            onValueChange={(value) => address.set({ q: value || undefined }, "replace")}
          />
          {filters}
        </div>
        {list.isError && list.items === undefined ? (
          <SettingsProblem problem={describeError(list.error)} onRetry={() => void list.refetch()} />
        ) : list.items?.length === 0 ? (
          narrowedBy.length === 0 ? (
            <EmptyState title={`No ${what} yet`}>{empty}</EmptyState>
          ) : (
            <EmptyState
              title={`No ${what} match`}
              actions={
                <Button
                  onClick={() => address.set(Object.fromEntries(narrowedBy.map((name) => [name, undefined])))}
                >
                  {narrowedBy.length === 1 && narrowedBy[0] === "q"
                    ? "Clear the search"
                    : "Clear the filters"}
                </Button>
              }
            />
          )
        ) : (
          <ListTable items={list.items} {...{ idOf, noun, columns, rowActions }} />
        )}
        <ShowMore list={list} what={what} />
        {children}
      </div>
    </>
  );
}
