"use client";

import { Button, Card, useDocumentTitle, useHydrated } from "@runweir/web-ui";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { type AuthProblem, sendAuth } from "./send-auth.ts";

/** The middle of a page with one form on it, for people who are not in yet. */
export function AuthPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useDocumentTitle(title);
  return (
    <div className="mx-auto w-full max-w-96 px-4 py-[10vh]">
      <Card className="flex flex-col gap-4 p-5">
        <h1 className="text-lg font-semibold">{title}</h1>
        {children}
      </Card>
    </div>
  );
}

/** A form that is sent to the door of sign-in; says what was wrong, and waits when it has to. */
export function useAuthForm<Value>(options: {
  readonly path: string;
  readonly body: (form: FormData) => unknown;
  readonly onDone: (value: Value) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AuthProblem>();
  const wait = useCountdown(problem);
  return {
    busy,
    problem,
    wait,
    async onSubmit(event: FormEvent<HTMLFormElement>) {
      event.preventDefault();
      if (busy) return;
      setBusy(true);
      const answer = await sendAuth<Value>(options.path, options.body(new FormData(event.currentTarget)));
      setProblem(answer.problem);
      // What follows is another page: the form stays as it is until that is there.
      if (answer.problem === undefined) options.onDone(answer.value);
      else setBusy(false);
    },
  };
}

type AuthForm = Pick<ReturnType<typeof useAuthForm>, "busy" | "problem" | "wait">;

/** Waits for the page's code: before that, a browser would send the form itself (by POST, so that no address holds a password). */
export function SubmitButton({ form, children }: { readonly form: AuthForm; readonly children: ReactNode }) {
  const runs = useHydrated();
  return (
    <Button type="submit" variant="primary" size="lg" busy={form.busy} disabled={form.wait > 0 || !runs}>
      {form.wait > 0 ? `Wait ${form.wait} s` : children}
    </Button>
  );
}

/** What is wrong with none of the fields in particular. */
export function FormProblem({
  form,
  fields,
}: {
  readonly form: AuthForm;
  readonly fields: readonly string[];
}) {
  if (form.problem === undefined || fields.includes(form.problem.field ?? "")) return null;
  return (
    <p role="alert" className="rounded-md bg-bad-soft p-2.5 text-sm">
      {form.problem.message}
    </p>
  );
}

export function fieldProblem({ problem }: AuthForm, field: string): string | undefined {
  return problem?.field === field ? problem.message : undefined;
}

/** Seconds until another attempt makes sense. */
function useCountdown(problem: AuthProblem | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = problem?.retryAfterSeconds;
    if (seconds === undefined) return;
    const until = Date.now() + seconds * 1_000;
    const show = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    show();
    const timer = setInterval(show, 500);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
