import type { TRPCLink } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { observable } from "@trpc/server/observable";
import { reportConnection } from "./connection.ts";
import { describeError } from "./describe-error.ts";

/** Watches what passes and keeps `useConnection` true to it; changes nothing. */
export function connectionLink(): TRPCLink<AnyTRPCRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) =>
        next(op).subscribe({
          next(value) {
            const { result } = value;
            if (result.type === "state") {
              if (result.state === "pending") reportConnection("connected");
              else if (result.state === "connecting" && result.error) reportConnection("lost");
            } else {
              reportConnection("connected");
            }
            observer.next(value);
          },
          error(error) {
            // An aborted request says nothing about the server.
            if (op.signal?.aborted !== true) {
              reportConnection(describeError(error).code === "unreachable" ? "lost" : "connected");
            }
            observer.error(error);
          },
          complete: () => observer.complete(),
        }),
      );
}
