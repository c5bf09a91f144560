import {
  type Authorizer,
  type Caller,
  type Permission,
  permissions,
  requirePermission,
} from "@runweir/identity-domain";
import type { FastifyInstance, FastifyRequest } from "fastify";

const known: ReadonlySet<string> = new Set(permissions);

/**
 * The one authorization hook. Every route registered after it must say which permission it needs, or registration
 * throws and the server does not start. The caller is identified and asked for before the body is read.
 */
export function authorizeRoutes(
  server: FastifyInstance,
  options: { readonly authorizer: Authorizer; identify(request: FastifyRequest): Caller },
): void {
  server.decorateRequest("caller");
  server.addHook("onRoute", (route) => {
    const permission = (route.config as { permission?: Permission } | undefined)?.permission;
    if (permission !== undefined && known.has(permission)) return;
    throw new Error(
      `Route ${route.method} ${route.url} declares ${permission === undefined ? "no permission" : `an unknown permission ${JSON.stringify(permission)}`}: set config.permission to one of ${permissions.join(", ")}.`,
    );
  });
  server.addHook("onRequest", (request, _reply, done) => {
    try {
      request.caller = options.identify(request);
      // No route matched when there is none declared; the 404 that follows tells nothing.
      const permission = request.routeOptions.config.permission ?? "public";
      requirePermission(options.authorizer, request.caller, permission);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}
