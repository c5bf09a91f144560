"use client";

import { describeError } from "@runweir/web-trpc-client";
import { Button, Card, CardHeader, ErrorState, Field, Input, useToast } from "@runweir/web-ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useIdentityApi } from "../identity-api.ts";
import { readText } from "./read-text.ts";

export function PasswordCard({ username }: { readonly username: string }) {
  const api = useIdentityApi();
  const queries = useQueryClient();
  const toast = useToast();
  const change = useMutation(api.account.changePassword.mutationOptions());
  const problem = change.error ? describeError(change.error) : undefined;
  const known = problem?.field === "password" || problem?.field === "current";
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    change.mutate(
      { current: readText(given, "current"), next: readText(given, "next") },
      {
        onSuccess: () => {
          form.reset();
          toast({ title: "The password is changed; other browsers are signed out" });
          void queries.invalidateQueries();
        },
      },
    );
  };
  return (
    <Card>
      <CardHeader title="Password" />
      <form className="flex max-w-96 flex-col gap-3 px-3 pb-3" method="post" onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={username} />
        <Field label="Current password" error={problem?.field === "current" && problem.message}>
          {(ids) => (
            <Input {...ids} name="current" type="password" autoComplete="current-password" required />
          )}
        </Field>
        <Field
          label="New password"
          hint="At least 12 characters. Length is what counts."
          error={problem?.field === "password" && problem.message}
        >
          {(ids) => <Input {...ids} name="next" type="password" autoComplete="new-password" required />}
        </Field>
        {problem && !known && <ErrorState compact problem={problem} />}
        <Button type="submit" className="self-start" busy={change.isPending}>
          Change the password
        </Button>
      </form>
    </Card>
  );
}
