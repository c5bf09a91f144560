import { DomainError } from "@runweir/errors";
import {
  anonymous,
  type Caller,
  type EnterRefusal,
  type Permission,
  permissionNames,
  requirePermission,
} from "@runweir/identity-domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { originOf } from "./origin-of.ts";
import type { IdentifyRequest } from "./renew-caller.ts";
import type { DeclaredRoute } from "./route-declaration.ts";

const known: ReadonlySet<string> = new Set(permissionNames);

/**
 * The one authorization hook. Every route registered after it must say which permission it needs, or registration
 * throws and the server does not start. The caller is identified and asked for before the body is read; which object it is
 * about is asked by the service behind the route.
 */
export function authorizeRoutes(
  server: FastifyInstance,
  options: {
    readonly identify: IdentifyRequest;
    /** Hears of who is refused here. */
    readonly onRefused?: EnterRefusal | undefined;
  },
): void {
  const table: DeclaredRoute[] = [];
  server.decorate("routeTable", table);
  server.decorateRequest("caller");
  server.addHook("onRoute", (route) => {
    const permission = (route.config as { permission?: Permission } | undefined)?.permission;
    if (permission !== undefined && known.has(permission)) {
      for (const method of [route.method].flat()) table.push({ method, url: route.url, permission });
      return;
    }
    throw new Error(
      `Route ${route.method} ${route.url} declares ${permission === undefined ? "no permission" : `an unknown permission ${JSON.stringify(permission)}`}: set config.permission to one of ${permissionNames.join(", ")}.`,
    );
  });
  server.addHook("onRequest", async (request) => {
    // No route matched when there is none declared; the 404 that follows tells nothing.
    const { permission = "public", asksForCaller = permission !== "public" } = request.routeOptions.config;
    const caller = asksForCaller ? await identifyFor(request, permission) : anonymous(request.id);
    request.caller = { ...caller, origin: { ...originOf(request), ...caller.origin } };
    try {
      requirePermission(request.caller, permission);
    } catch (error) {
      if (error instanceof DomainError && error.code === "permission_denied")
        await options.onRefused?.(request.caller, {
          permission,
          route: `${request.method} ${request.routeOptions.url}`,
          refused: error.message,
        });
      throw error;
    }
  });

  /** Wrong credentials are refused wherever any are needed; where everybody may come, they are nobody's. */
  async function identifyFor(request: FastifyRequest, permission: Permission): Promise<Caller> {
    try {
      return await options.identify(request);
    } catch (error) {
      if (permission === "public" && error instanceof DomainError && error.code === "unauthenticated")
        return anonymous(request.id);
      throw error;
    }
  }
}
