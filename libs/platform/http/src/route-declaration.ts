import type { Caller, Permission } from "@runweir/identity-domain";
import type {} from "fastify";

/**
 * What every route says about itself and every request carries. The server refuses to start when a route declares no
 * permission; the one authorization hook asks for it before the body is read.
 */
/** A route by its pattern, and what it declared. */
export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly permission: Permission;
}

declare module "fastify" {
  interface FastifyContextConfig {
    permission?: Permission;
    /** For routes that are public because what is behind them asks for permissions itself, of the caller. */
    asksForCaller?: boolean;
    /** How long a body that need not be whole at once may pause, where that differs from the server's `bodyTimeoutMs`. */
    bodyIdleMs?: number;
  }
  interface FastifyInstance {
    /** Every route there is. */
    readonly routeTable: readonly DeclaredRoute[];
  }
  interface FastifyRequest {
    caller: Caller;
  }
}
