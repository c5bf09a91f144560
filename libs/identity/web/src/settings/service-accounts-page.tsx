"use client";

import { Badge, RelativeTime } from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CreateToken } from "../account/create-token.tsx";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { DraftFields, readDraft } from "./draft-fields.tsx";
import { FormButton } from "./form-dialog.tsx";
import { holderHref } from "./holder-href.ts";
import { ListPage } from "./list-page.tsx";
import { RowMenu } from "./row-menu.tsx";
import { useCurrent } from "./use-current.ts";

/** Who is nobody: jobs and pipelines. Their tokens are made here. */
export function ServiceAccountsPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const mayChange = useCurrent()?.isAdministrator === true;
  const [needsToken, setNeedsToken] = useState<{ readonly id: string; readonly name: string }>();
  const queryKey = api.directory.serviceAccounts.pathKey();
  const refresh = () => queries.invalidateQueries({ queryKey });
  const setDisabled = async (accountId: string, isDisabled: boolean) => {
    await client.directory.serviceAccounts.update.mutate({ accountId, isDisabled });
    await refresh();
  };
  return (
    <ListPage
      title="Service accounts"
      what="service accounts"
      noun="service account"
      queryKey={queryKey}
      ask={(question) => client.directory.serviceAccounts.list.query(question)}
      idOf={({ accountId }) => accountId}
      empty={<p>Training jobs and pipelines use one, so that nobody's leaving stops them.</p>}
      actions={
        mayChange && (
          <FormButton
            label="Make a service account"
            onSubmit={async (form) => {
              await client.directory.serviceAccounts.create.mutate(readDraft(form));
              await refresh();
            }}
          >
            <DraftFields />
          </FormButton>
        )
      }
      columns={[
        {
          name: "Name",
          cell: ({ accountId, name, isDisabled }) => (
            <span className="flex min-w-0 items-center gap-2">
              <ZoneLink
                href={holderHref({ kind: "service-account", id: accountId })}
                title={name}
                className="truncate rounded-sm font-medium hover:underline"
              >
                {name}
              </ZoneLink>
              {isDisabled && <Badge>disabled</Badge>}
            </span>
          ),
        },
        {
          name: "Description",
          cell: ({ description }) => description,
          className: "max-w-100 truncate text-ink-2 max-md:hidden",
        },
        {
          name: "Made",
          cell: ({ createdBy, creationTime }) => (
            <>
              <RelativeTime at={creationTime} /> by {createdBy}
            </>
          ),
          className: "max-w-50 truncate text-ink-2 max-sm:hidden",
        },
      ]}
      rowActions={
        mayChange
          ? ({ accountId, name, isDisabled }) => (
              <RowMenu
                name={name}
                acts={[
                  {
                    label: "New token",
                    act: async () => setNeedsToken({ id: accountId, name }),
                  },
                  isDisabled
                    ? { label: "Enable", act: () => setDisabled(accountId, false) }
                    : {
                        label: "Disable",
                        act: () => setDisabled(accountId, true),
                        confirm: {
                          title: `Disable ${name}?`,
                          description: "Whatever uses its tokens is refused, until it is enabled again.",
                        },
                      },
                  {
                    label: "Delete",
                    act: async () => {
                      await client.directory.serviceAccounts.delete.mutate({ accountId });
                      await refresh();
                    },
                    confirm: {
                      title: `Delete ${name}?`,
                      description:
                        "Its tokens open nothing from then on, and its roles and grants go. This cannot be undone.",
                    },
                  },
                ]}
              />
            )
          : undefined
      }
    >
      {needsToken && (
        <CreateToken
          account={needsToken}
          onClose={() => setNeedsToken(undefined)}
          onCreated={() => void queries.invalidateQueries({ queryKey: api.people.tokens.pathKey() })}
        />
      )}
    </ListPage>
  );
}
