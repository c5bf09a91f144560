"use client";

import { Field, Input } from "@runweir/web-ui";
import { useState } from "react";
import { AuthPage, FormProblem, fieldProblem, SubmitButton, useAuthForm } from "./auth-page.tsx";
import { LinkPage } from "./link-page.tsx";
import { NewcomerForm } from "./newcomer-form.tsx";

export function WelcomePage() {
  return (
    <LinkPage purpose="first-administrator" title="Become the administrator">
      {({ token }) => (
        <>
          <p className="text-sm text-ink-2">
            This server has no administrator yet. Whoever fills this in is the first, and can invite the
            others.
          </p>
          <NewcomerForm path="/welcome" token={token} email={undefined} submit="Create the administrator" />
        </>
      )}
    </LinkPage>
  );
}

export function InvitationPage() {
  return (
    <LinkPage purpose="invitation" title="You are invited">
      {({ token, email }) => <NewcomerForm path="/invitation" token={token} email={email} submit="Join" />}
    </LinkPage>
  );
}

export function ResetPage() {
  return (
    <LinkPage purpose="password-reset" title="Choose a new password">
      {({ token, username }) => <NewPassword token={token} username={username ?? ""} />}
    </LinkPage>
  );
}

function NewPassword({ token, username }: { readonly token: string; readonly username: string }) {
  const form = useAuthForm({
    path: "/reset",
    body: (given) => ({ token, password: given.get("password") }),
    onDone: () => window.location.assign("/"),
  });
  return (
    <form className="flex flex-col gap-3" method="post" onSubmit={form.onSubmit}>
      <p className="text-sm text-ink-2">
        For {username}. Every browser that is signed in as {username} is signed out.
      </p>
      <input type="hidden" name="username" autoComplete="username" value={username} />
      <Field
        label="New password"
        hint="At least 12 characters. Length is what counts."
        error={fieldProblem(form, "password")}
      >
        {(ids) => <Input {...ids} name="password" type="password" autoComplete="new-password" required />}
      </Field>
      <FormProblem form={form} fields={["password"]} />
      <SubmitButton form={form}>Set the password</SubmitButton>
    </form>
  );
}

export function RequestResetPage() {
  const [sent, setSent] = useState(false);
  const form = useAuthForm({
    path: "/request-reset",
    body: (given) => ({ name: given.get("name") }),
    onDone: () => setSent(true),
  });
  return (
    <AuthPage title="Forgot your password?">
      {sent ? (
        <p role="status" className="text-sm text-ink-2">
          If there is such a user with an e-mail address, a link is on its way. It works for two hours.
        </p>
      ) : (
        <form className="flex flex-col gap-3" method="post" onSubmit={form.onSubmit}>
          <Field label="User name or e-mail address">
            {(ids) => <Input {...ids} name="name" autoComplete="username" required maxLength={254} />}
          </Field>
          <FormProblem form={form} fields={[]} />
          <SubmitButton form={form}>Send a link</SubmitButton>
        </form>
      )}
    </AuthPage>
  );
}
