"use client";

import { Field, Input } from "@runweir/web-ui";
import { FormProblem, fieldProblem, SubmitButton, useAuthForm } from "./auth-page.tsx";

const fields = ["username", "name", "email", "password"];

/** User name and password of somebody who comes by a link. */
export function NewcomerForm({
  path,
  token,
  email,
  submit,
}: {
  readonly path: string;
  readonly token: string;
  /** What the invitation is for; cannot be changed then. */
  readonly email: string | undefined;
  readonly submit: string;
}) {
  const form = useAuthForm({
    path,
    body: (given) => ({
      token,
      username: given.get("username"),
      name: given.get("name") || undefined,
      email: email ?? (given.get("email") || undefined),
      password: given.get("password"),
    }),
    onDone: () => window.location.assign("/"),
  });
  return (
    <form className="flex flex-col gap-3" method="post" onSubmit={form.onSubmit}>
      <Field
        label="User name"
        hint="What you sign in with, and clients too."
        error={fieldProblem(form, "username")}
      >
        {(ids) => <Input {...ids} name="username" autoComplete="username" required maxLength={200} />}
      </Field>
      <Field
        label="Name"
        hint="As others see it; the user name unless given."
        error={fieldProblem(form, "name")}
      >
        {(ids) => <Input {...ids} name="name" autoComplete="name" maxLength={200} />}
      </Field>
      <Field label="E-mail address" error={fieldProblem(form, "email")}>
        {(ids) => (
          <Input
            {...ids}
            name="email"
            type="email"
            autoComplete="email"
            defaultValue={email}
            disabled={email !== undefined}
          />
        )}
      </Field>
      <Field
        label="Password"
        hint="At least 12 characters. Length is what counts."
        error={fieldProblem(form, "password")}
      >
        {(ids) => <Input {...ids} name="password" type="password" autoComplete="new-password" required />}
      </Field>
      <FormProblem form={form} fields={fields} />
      <SubmitButton form={form}>{submit}</SubmitButton>
    </form>
  );
}
