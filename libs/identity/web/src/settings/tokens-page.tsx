"use client";

import { formatDate, RelativeTime } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { scopeWords } from "../account/scope-words.ts";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { ListPage } from "./list-page.tsx";
import { RemoveButton } from "./remove-button.tsx";

/** Tokens of people and of service accounts, the newest first: what opens this server, and what to take away. */
export function TokensPage() {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  const queryKey = api.people.tokens.pathKey();
  return (
    <ListPage
      title="Tokens"
      what="tokens"
      noun="token"
      queryKey={queryKey}
      ask={(question) => client.people.tokens.list.query(question)}
      idOf={({ tokenId }) => tokenId}
      empty={
        <p>People make their own on the page Account; those of service accounts are made beside these.</p>
      }
      columns={[
        {
          name: "Name",
          cell: ({ name }) => name,
          className: "max-w-60 truncate font-medium max-sm:max-w-28",
        },
        {
          name: "Of",
          cell: ({ owner }) => (
            <>
              {owner.name}
              {owner.kind === "service-account" && (
                <span className="text-ink-3 max-md:hidden"> service account</span>
              )}
            </>
          ),
          className: "max-w-50 truncate max-sm:max-w-24",
        },
        {
          name: "Good for",
          cell: (token) => scopeWords(token),
          className: "max-w-60 truncate text-ink-2 max-lg:hidden",
        },
        {
          name: "Last used",
          cell: ({ lastUsedTime }) =>
            lastUsedTime === undefined ? "never" : <RelativeTime at={lastUsedTime} />,
          className: "text-ink-2",
        },
        {
          name: "Expires",
          cell: ({ expiryTime }) => (expiryTime === undefined ? "never" : formatDate(expiryTime)),
          className: "text-ink-2 max-md:hidden",
        },
        {
          name: "Made",
          cell: ({ creationTime }) => <RelativeTime at={creationTime} />,
          className: "text-ink-2 max-md:hidden",
        },
      ]}
      rowActions={({ tokenId, name, owner }) => (
        <RemoveButton
          verb="Revoke"
          title={`Revoke ${name} of ${owner.name}?`}
          description="Whatever uses it is refused within a second. This cannot be undone."
          onConfirm={async () => {
            await client.people.tokens.revoke.mutate({
              owner: { kind: owner.kind, id: owner.id },
              tokenId,
            });
            await queries.invalidateQueries({ queryKey });
          }}
        />
      )}
    />
  );
}
