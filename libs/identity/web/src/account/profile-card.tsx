"use client";

import { Card, CardHeader, Detail, DetailList, Field, Input } from "@runweir/web-ui";
import { useQueryClient } from "@tanstack/react-query";
import { useIdentityApi, useIdentityClient } from "../identity-api.ts";
import { FormButton } from "../settings/form-dialog.tsx";
import { readText } from "./read-text.ts";

/** What others see. The user name stays: clients sign in with it. */
export function ProfileCard({
  profile,
}: {
  readonly profile: {
    readonly kind: string;
    readonly username: string;
    readonly name: string;
    readonly email: string | null;
  };
}) {
  const api = useIdentityApi();
  const client = useIdentityClient();
  const queries = useQueryClient();
  return (
    <Card>
      <CardHeader title="Profile">
        {profile.kind === "user" && (
          <FormButton
            isChange
            label="Rename"
            title="What others call you"
            onSubmit={async (form) => {
              await client.account.rename.mutate({ name: readText(form, "name") });
              await queries.invalidateQueries({ queryKey: api.account.pathKey() });
            }}
          >
            <Field label="Name">
              {(ids) => <Input {...ids} name="name" required maxLength={200} defaultValue={profile.name} />}
            </Field>
          </FormButton>
        )}
      </CardHeader>
      <DetailList>
        <Detail name="User name">{profile.username}</Detail>
        <Detail name="Name">{profile.name}</Detail>
        <Detail name="E-mail">{profile.email ?? "none"}</Detail>
      </DetailList>
    </Card>
  );
}
