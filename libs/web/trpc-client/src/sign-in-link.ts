import type { TRPCLink } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { observable } from "@trpc/server/observable";
import { describeError } from "./describe-error.ts";

/** Pages for who is not signed in. */
const outside = /^\/(sign-in|welcome|invitation|reset)(\/|$)/;

/** Who is not signed in, or not any more, goes to sign in and comes back to where they were. */
export function signInLink(): TRPCLink<AnyTRPCRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) =>
        next(op).subscribe({
          next: (value) => observer.next(value),
          error(error) {
            if (describeError(error).code === "unauthenticated") goToSignIn();
            observer.error(error);
          },
          complete: () => observer.complete(),
        }),
      );
}

function goToSignIn(): void {
  const { pathname, search, hash } = window.location;
  if (outside.test(pathname)) return;
  window.location.assign(`/sign-in?return=${encodeURIComponent(`${pathname}${search}${hash}`)}`);
}
