import { type Caller, type Permission, permissionNames, requirePermission } from "@runweir/identity-domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { originOf } from "./origin-of.ts";

const known: ReadonlySet<string> = new Set(permissionNames);

/**
 * The one authorization hook. Every route registered after it must say which permission it needs, or registration
 * throws and the server does not start. The caller is identified and asked for before the body is read; which object it is
 * about is asked by the service behind the route.
 */
export function authorizeRoutes(
  server: FastifyInstance,
  options: { identify(request: FastifyRequest): Caller | Promise<Caller> },
): void {
  server.decorateRequest("caller");
  server.addHook("onRoute", (route) => {
    const permission = (route.config as { permission?: Permission } | undefined)?.permission;
    if (permission !== undefined && known.has(permission)) return;
    throw new Error(
      `Route ${route.method} ${route.url} declares ${permission === undefined ? "no permission" : `an unknown permission ${JSON.stringify(permission)}`}: set config.permission to one of ${permissionNames.join(", ")}.`,
    );
  });
  server.addHook("onRequest", async (request) => {
    const caller = await options.identify(request);
    request.caller = { ...caller, origin: { ...originOf(request), ...caller.origin } };
    // No route matched when there is none declared; the 404 that follows tells nothing.
    requirePermission(request.caller, request.routeOptions.config.permission ?? "public");
  });
}
