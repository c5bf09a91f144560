import { renewCaller } from "@runweir/http";
import type { Caller, EnterRefusal } from "@runweir/identity-domain";
import type { BaseContext } from "@runweir/trpc";
import type { AnyRouter } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * Mounts each slice's router at `/trpc/<slice>`. The route itself is public because every procedure asks for its own
 * permission. Not tRPC's plugin: its routes cannot say which permission they need.
 */
export function trpcRoutes(
  server: FastifyInstance,
  options: {
    readonly routers: Readonly<Record<string, AnyRouter>>;
    identify(request: FastifyRequest): Promise<Caller>;
    readonly onRefused: EnterRefusal;
  },
): void {
  void server.register(async (scope) => {
    // tRPC parses bodies itself, after it knows which procedure they are for.
    scope.removeContentTypeParser("application/json");
    scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) =>
      done(null, body),
    );
    for (const [slice, router] of Object.entries(options.routers)) {
      scope.route<{ Params: { path: string } }>({
        method: ["GET", "POST"],
        url: `/trpc/${slice}/:path`,
        config: { permission: "public", asksForCaller: true },
        handler: async (request, reply) => {
          await fastifyRequestHandler({
            router,
            req: request,
            res: reply,
            path: request.params.path,
            // Long questions come as bodies. Writes stay writes: a mutation is never answered to a GET.
            allowMethodOverride: true,
            createContext: (): BaseContext => ({
              caller: request.caller,
              renew: () => renewCaller(request, options.identify),
              onRefused: (caller, refusal) =>
                options.onRefused(caller, { ...refusal, route: `/trpc/${slice}/${refusal.route}` }),
            }),
            onError({ error, path }) {
              if (error.code === "INTERNAL_SERVER_ERROR")
                request.log.error({ err: error.cause ?? error, path }, "procedure failed");
            },
          });
          return reply;
        },
      });
    }
  });
}
