import { DomainError, type ErrorCode } from "@runweir/errors";
import { type Caller, type EnterRefusal, type Permission, requirePermission } from "@runweir/identity-domain";
import { initTRPC, TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";

/** What every procedure gets. A slice's router is a function of its service: `createTrackingRouter({ tracking })`. */
export interface BaseContext {
  readonly caller: Caller;
  /**
   * The same caller with the rights of this moment, for what lasts; undefined once what they signed in with is no longer
   * good. Absent: nothing of that can change.
   */
  readonly renew?: (() => Promise<Caller | undefined>) | undefined;
  /** Hears of who is refused by the permission that a procedure asks for; `route` is its path in the slice's router. */
  readonly onRefused?: EnterRefusal | undefined;
}

/** What the pages learn of an error, besides its message. */
export interface ErrorDetails {
  readonly code: ErrorCode;
  readonly field?: string | undefined;
  readonly requestId?: string | undefined;
}

const wireCodes = {
  invalid_argument: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  permission_denied: "FORBIDDEN",
  not_found: "NOT_FOUND",
  already_exists: "CONFLICT",
  failed_precondition: "PRECONDITION_FAILED",
  conflict: "CONFLICT",
  payload_too_large: "PAYLOAD_TOO_LARGE",
  resource_exhausted: "TOO_MANY_REQUESTS",
  storage_full: "INTERNAL_SERVER_ERROR",
  unavailable: "SERVICE_UNAVAILABLE",
  not_implemented: "NOT_IMPLEMENTED",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

const t = initTRPC.context<BaseContext>().create({
  // Proxies cut what is silent, and a page cannot tell a quiet stream from a dead one.
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter({ shape, error, ctx }) {
    const details: ErrorDetails = { ...describe(error), requestId: ctx?.caller.requestId };
    return {
      ...shape,
      message: messageOf(error),
      data: { ...shape.data, stack: undefined, domain: details },
    };
  },
});

export const router = t.router;
export const mergeRouters = t.mergeRouters;

const asDomain = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof DomainError) throw toWire(result.error.cause);
  return result;
});

/** Streams have to say it themselves: what they throw on the way comes by no procedure, and pages repeat what looks like a fault. */
export function toWire(cause: DomainError): TRPCError {
  return new TRPCError({ code: wireCodes[cause.code], message: cause.message, cause });
}

/** The only way to make a procedure, so none can forget to ask; domain errors keep their code, field and words. */
export function procedure(permission: Permission) {
  return t.procedure.use(asDomain).use(async ({ ctx, next, path: route }) => {
    try {
      requirePermission(ctx.caller, permission);
    } catch (error) {
      if (error instanceof DomainError && error.code === "permission_denied")
        await ctx.onRefused?.(ctx.caller, { permission, route, refused: error.message });
      throw error;
    }
    return next();
  });
}

function describe(error: TRPCError): Omit<ErrorDetails, "requestId"> {
  if (error.cause instanceof DomainError) return { code: error.cause.code, field: error.cause.field };
  if (error.cause instanceof ZodError) {
    return { code: "invalid_argument", field: error.cause.issues[0]?.path.join(".") };
  }
  if (error.code === "BAD_REQUEST" || error.code === "PARSE_ERROR") return { code: "invalid_argument" };
  return { code: error.code === "NOT_FOUND" ? "not_found" : "internal" };
}

function messageOf(error: TRPCError): string {
  if (error.cause instanceof ZodError) {
    const issue = error.cause.issues[0];
    return issue ? `${issue.path.join(".") || "input"}: ${issue.message}` : "Invalid input";
  }
  // What was not foreseen may hold anything; it goes to the log, not to the page.
  if (error.code === "INTERNAL_SERVER_ERROR" && !(error.cause instanceof DomainError))
    return "Something went wrong on the server.";
  return error.message;
}
