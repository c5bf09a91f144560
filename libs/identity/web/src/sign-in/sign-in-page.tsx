"use client";

import { Button, ErrorState, Field, Input, Skeleton } from "@runweir/web-ui";
import { useAddress } from "@runweir/web-zones/address";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AuthPage, FormProblem, SubmitButton, useAuthForm } from "./auth-page.tsx";
import { readReturnPath } from "./return-path.ts";
import { type AuthProblem, sendAuth } from "./send-auth.ts";

interface Choices {
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly sendsMail: boolean;
}

const providerErrors: Readonly<Record<string, string>> = {
  signup_disabled: "You are not a user of this server yet: ask an administrator for an invitation.",
  account_not_linked:
    "There is a user with your e-mail address already, and the identity provider does not vouch for it: sign in with your password.",
  access_denied: "The identity provider let nobody in.",
};

export function SignInPage() {
  const address = useAddress();
  const returnPath = readReturnPath(address.get("return"));
  const choices = useQuery({
    queryKey: ["sign-in-choices"],
    queryFn: async () => {
      const answer = await sendAuth<Choices>("/choices");
      return answer.problem ? { problem: answer.problem } : answer.value;
    },
  });
  const form = useAuthForm({
    path: "/sign-in",
    body: (fields) => ({ name: fields.get("name"), password: fields.get("password") }),
    // The whole page anew: nothing that was loaded for nobody stays.
    onDone: () => window.location.assign(returnPath),
  });
  const error = address.get("error");
  if (choices.data !== undefined && "problem" in choices.data)
    return <ErrorState heading="h1" problem={choices.data.problem} onRetry={() => void choices.refetch()} />;
  return (
    <AuthPage title="Sign in">
      {error !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft p-2.5 text-sm">
          {providerErrors[error] ?? "Signing in by the identity provider did not work. Try again."}
        </p>
      )}
      <form className="flex flex-col gap-3" method="post" onSubmit={form.onSubmit}>
        <Field label="User name or e-mail address">
          {(ids) => <Input {...ids} name="name" autoComplete="username" required maxLength={254} />}
        </Field>
        <Field label="Password">
          {(ids) => (
            <Input {...ids} name="password" type="password" autoComplete="current-password" required />
          )}
        </Field>
        <FormProblem form={form} fields={[]} />
        <SubmitButton form={form}>Sign in</SubmitButton>
      </form>
      {choices.data === undefined ? (
        <Skeleton className="h-8" />
      ) : (
        choices.data.providers.map((provider) => (
          <ProviderButton key={provider.id} {...provider} returnPath={returnPath} />
        ))
      )}
      {choices.data !== undefined &&
        (choices.data.sendsMail ? (
          <ZoneLink href="/reset" className="self-start rounded-sm text-sm text-ink-2 hover:text-ink">
            Forgot your password?
          </ZoneLink>
        ) : (
          <p className="text-sm text-ink-3">
            Forgot your password? An administrator can give you a link to choose a new one.
          </p>
        ))}
    </AuthPage>
  );
}

function ProviderButton({
  id,
  name,
  returnPath,
}: {
  readonly id: string;
  readonly name: string;
  readonly returnPath: string;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AuthProblem>();
  const go = async () => {
    setBusy(true);
    const answer = await sendAuth<{ readonly url: string }>("/sign-in/social", {
      provider: id,
      callbackURL: returnPath,
      errorCallbackURL: "/sign-in",
      disableRedirect: true,
    });
    if (answer.problem === undefined) window.location.assign(answer.value.url);
    else {
      setProblem(answer.problem);
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-1">
      <Button size="lg" busy={busy} onClick={() => void go()}>
        Sign in with {name}
      </Button>
      {problem && (
        <p role="alert" className="text-sm text-bad">
          {problem.message}
        </p>
      )}
    </div>
  );
}
