"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Button,
  Card,
  CardHeader,
  Cell,
  ErrorState,
  HeadCell,
  RelativeTime,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useIdentityApi } from "../identity-api.ts";

/** Invitations that nobody has taken up yet; nothing where there are none. */
export function InvitationsCard() {
  const api = useIdentityApi();
  const queries = useQueryClient();
  const list = useQuery(api.people.invitations.queryOptions());
  const revoke = useMutation(
    api.people.revokeInvitation.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.people.invitations.pathKey() }),
    }),
  );
  if (list.isError || list.data === undefined || list.data.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Invitations" count={list.data.length} />
      {revoke.isError && <ErrorState compact problem={describeError(revoke.error)} />}
      <TableScroll className="rounded-b-lg">
        <Table>
          <TableHead>
            <tr>
              <HeadCell>For</HeadCell>
              <HeadCell>As</HeadCell>
              <HeadCell className="max-sm:hidden">Made</HeadCell>
              <HeadCell className="w-10">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {list.data.map((invitation) => (
              <TableRow key={invitation.invitationId}>
                <Cell className="max-w-70 truncate font-medium max-sm:max-w-36">
                  {invitation.email ?? "whoever has the link"}
                </Cell>
                <Cell className="max-w-70 truncate text-ink-2 max-sm:max-w-32">
                  {[
                    invitation.isAdministrator && "administrator",
                    invitation.role && `${invitation.role} of ${invitation.workspace}`,
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </Cell>
                <Cell className="text-ink-2 max-sm:hidden">
                  <RelativeTime at={invitation.creationTime} />
                </Cell>
                <Cell className="text-right">
                  <Button
                    variant="ghost"
                    disabled={revoke.isPending}
                    onClick={() => revoke.mutate({ invitationId: invitation.invitationId })}
                  >
                    Revoke
                  </Button>
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableScroll>
    </Card>
  );
}
