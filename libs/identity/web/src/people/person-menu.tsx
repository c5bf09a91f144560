"use client";

import type { User } from "@runweir/identity-domain";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { type RowAct, RowMenu } from "../settings/row-menu.tsx";
import { IssuedLink } from "./issued-link.tsx";

type Person = Pick<User, "id" | "username" | "isAdministrator" | "isDisabled">;

export function PersonMenu({ person }: { readonly person: Person }) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const [link, setLink] = useState<{ readonly path: string; readonly isSent: boolean }>();
  const { id: userId, username } = person;
  const refresh = () => queries.invalidateQueries({ queryKey: api.people.pathKey() });
  const update = async (changes: { readonly isAdministrator?: boolean; readonly isDisabled?: boolean }) => {
    await client.people.update.mutate({ userId, ...changes });
    await refresh();
  };
  const acts: RowAct[] = [
    {
      label: "Link to set a password",
      act: async () => setLink(await client.people.issueReset.mutate({ userId })),
    },
    ...(person.isDisabled ? [{ label: "Enable", act: () => update({ isDisabled: false }) }] : []),
    person.isAdministrator
      ? {
          label: "No administrator any more",
          act: () => update({ isAdministrator: false }),
          confirm: {
            title: `Is ${username} no administrator any more?`,
            description: "They keep their roles and grants, and manage neither people nor workspaces.",
          },
        }
      : {
          label: "Make administrator",
          act: () => update({ isAdministrator: true }),
          confirm: {
            title: `Make ${username} an administrator?`,
            description: "Administrators may do everything, in all workspaces, and manage people.",
            isHarmless: true,
          },
        },
    ...(person.isDisabled
      ? []
      : [
          {
            label: "Disable",
            act: () => update({ isDisabled: true }),
            confirm: {
              title: `Disable ${username}?`,
              description:
                "They are signed out at once and their tokens are refused, until they are enabled.",
            },
          },
        ]),
    {
      label: "Delete",
      act: async () => {
        await client.people.delete.mutate({ userId });
        await refresh();
      },
      confirm: {
        title: `Delete ${username}?`,
        description:
          "Sessions, tokens, memberships and grants go with it; what they made stays. This cannot be undone.",
      },
    },
  ];
  return (
    <>
      <RowMenu name={username} acts={acts} />
      {link && (
        <IssuedLink title={`A new password for ${username}`} link={link} onClose={() => setLink(undefined)} />
      )}
    </>
  );
}
