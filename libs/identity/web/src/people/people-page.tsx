"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Badge,
  Button,
  Card,
  Cell,
  EmptyState,
  ErrorState,
  HeadCell,
  PageHeader,
  RelativeTime,
  SearchInput,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useDocumentTitle,
} from "@runweir/web-ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { InvitationsCard } from "./invitations-card.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PersonMenu } from "./person-menu.tsx";

const pageSize = 100;

/** Who can sign in here, and who is invited. */
export function PeoplePage() {
  useDocumentTitle("People");
  const api = useIdentityApi();
  const client = useIdentityClient();
  const [search, setSearch] = useState("");
  const [inviting, setInviting] = useState(false);
  const wanted = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    queryKey: [...api.people.list.pathKey(), wanted],
    queryFn: ({ pageParam }) =>
      client.people.list.query({ search: wanted || undefined, after: pageParam, limit: pageSize }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.length === pageSize ? last.at(-1)?.username : undefined),
  });
  const people = list.data?.pages.flat();
  return (
    <>
      <PageHeader title="People">
        <Button
          variant="primary"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => setInviting(true)}
        >
          Invite
        </Button>
      </PageHeader>
      <div className="flex flex-col gap-3 px-4 pt-1 pb-6">
        <SearchInput className="max-w-80" label="Search people" value={search} onValueChange={setSearch} />
        {list.isError ? (
          <ErrorState problem={describeError(list.error)} onRetry={() => void list.refetch()} />
        ) : people?.length === 0 ? (
          <EmptyState title={wanted === "" ? "Nobody can sign in yet" : "Nobody matches"}>
            <p>Invite people by a link; it works once.</p>
          </EmptyState>
        ) : (
          <Card>
            <TableScroll>
              <Table>
                <TableHead>
                  <tr>
                    <HeadCell>User name</HeadCell>
                    <HeadCell>Name</HeadCell>
                    <HeadCell>E-mail</HeadCell>
                    <HeadCell>Since</HeadCell>
                    <HeadCell>
                      <span className="sr-only">Actions</span>
                    </HeadCell>
                  </tr>
                </TableHead>
                <TableBody>
                  {people === undefined ? (
                    <SkeletonRows rows={4} columns={5} />
                  ) : (
                    people.map((person) => (
                      <TableRow key={person.id}>
                        <Cell>
                          {person.username} {person.isAdministrator && <Badge>administrator</Badge>}{" "}
                          {person.isDisabled && <Badge>disabled</Badge>}
                        </Cell>
                        <Cell>{person.name}</Cell>
                        <Cell>{person.email ?? ""}</Cell>
                        <Cell>
                          <RelativeTime at={person.creationTime} />
                        </Cell>
                        <Cell>
                          <PersonMenu person={person} />
                        </Cell>
                      </TableRow>
                    ))
                  )}
                </TableBody>
              </Table>
            </TableScroll>
          </Card>
        )}
        {list.hasNextPage && (
          <Button
            className="self-start"
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        )}
        <InvitationsCard />
      </div>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}
