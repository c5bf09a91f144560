"use client";

import type { User } from "@runweir/identity-domain";
import { describeError } from "@runweir/web-trpc-client";
import { ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, useToast } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { IssuedLink } from "./issued-link.tsx";

type Person = Pick<User, "id" | "username" | "isAdministrator" | "isDisabled">;

export function PersonMenu({ person }: { readonly person: Person }) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [link, setLink] = useState<{ readonly path: string; readonly isSent: boolean }>();
  const [deleting, setDeleting] = useState(false);
  const userId = person.id;
  const act = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast({ title: describeError(error).message, tone: "bad" });
    }
    await queries.invalidateQueries({ queryKey: api.people.list.pathKey() });
  };
  const update = (changes: { readonly isAdministrator?: boolean; readonly isDisabled?: boolean }) =>
    void act(() => client.people.update.mutate({ userId, ...changes }));
  return (
    <>
      <Menu
        label={`Actions on ${person.username}`}
        trigger={
          <IconButton
            label={`Actions on ${person.username}`}
            icon={<Ellipsis aria-hidden className="size-4" />}
          />
        }
      >
        <MenuItem
          onSelect={() => void act(async () => setLink(await client.people.issueReset.mutate({ userId })))}
        >
          Link to set a password
        </MenuItem>
        <MenuItem onSelect={() => update({ isAdministrator: !person.isAdministrator })}>
          {person.isAdministrator ? "No administrator any more" : "Make administrator"}
        </MenuItem>
        <MenuItem onSelect={() => update({ isDisabled: !person.isDisabled })}>
          {person.isDisabled ? "Enable" : "Disable"}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={() => setDeleting(true)}>
          Delete
        </MenuItem>
      </Menu>
      {link && (
        <IssuedLink
          title={`A new password for ${person.username}`}
          link={link}
          onClose={() => setLink(undefined)}
        />
      )}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${person.username}?`}
        description="Sessions, tokens, memberships and grants go with it; what they made stays. This cannot be undone."
        confirmLabel="Delete"
        danger
        describeError={describeError}
        onConfirm={async () => {
          await client.people.delete.mutate({ userId });
          await queries.invalidateQueries({ queryKey: api.people.list.pathKey() });
        }}
      />
    </>
  );
}
