import { originOf } from "@runweir/http";
import { addressHeader, authPath, requestHeader, type SignIn, signInRoutes } from "@runweir/identity-sign-in";
import type { FastifyInstance, FastifyRequest } from "fastify";

const bodyLimit = 64 * 1024;
/** The address of a caller is said by us alone. */
const notFromOutside = new Set([
  addressHeader,
  requestHeader,
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
]);

/** Mounts what is served of sign-in; each path by itself, so that nothing of the library comes along. */
export function mountSignIn(
  server: FastifyInstance,
  options: { readonly signIn: SignIn; readonly publicUrl: string | undefined },
): void {
  const { handle } = options.signIn;
  if (handle === undefined) return;
  void server.register(async (scope) => {
    // The library parses bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/json", { parseAs: "string", bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    for (const { method, path } of signInRoutes) {
      scope.route({
        method,
        url: `${authPath}${path}`,
        exposeHeadRoute: false,
        config: { permission: "public" },
        handler: async (request, reply) => {
          const answer = await handle(toRequest(request, options.publicUrl));
          reply.code(answer.status);
          answer.headers.forEach((value, name) => {
            if (name !== "set-cookie") reply.header(name, value);
          });
          for (const cookie of answer.headers.getSetCookie()) reply.header("set-cookie", cookie);
          reply.header("cache-control", "no-store");
          return reply.send(Buffer.from(await answer.arrayBuffer()));
        },
      });
    }
  });
}

function toRequest(request: FastifyRequest, publicUrl: string | undefined): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !notFromOutside.has(name)) headers.set(name, String(value));
  headers.set(requestHeader, request.id);
  const { address } = originOf(request);
  if (address !== undefined) headers.set(addressHeader, address);
  const base = publicUrl ?? `http://${request.host}`;
  return new Request(new URL(request.url, base), {
    method: request.method,
    headers,
    ...(typeof request.body === "string" ? { body: request.body } : {}),
  });
}
