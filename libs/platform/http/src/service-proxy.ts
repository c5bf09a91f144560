import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { DomainError } from "@runweir/errors";
import type { Caller, Permission } from "@runweir/identity-domain";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { passable, pathOf } from "./forwarded.ts";

export interface ServiceRoute {
  readonly method: readonly string[];
  readonly url: string;
  readonly permission: Permission;
}

/** Who asks and from where was judged here; the service would judge by its own name and refuse. */
const notForServices = /^(authorization|cookie|host|origin|referer|expect|sec-.*|x-forwarded-.*)$/;

/**
 * Routes that another service of ours answers: requests are passed on as they are, bodies and answers as streams of any
 * length and duration. A caller who leaves ends the request there too.
 */
export function serviceRoutes(options: {
  /** As in "The warehouse". */
  readonly name: string;
  readonly url: string | undefined;
  /** What to do when there is no address, as a sentence. */
  readonly advice: string;
  /** Tells the service who asks, in `authorization`; nobody else can, since what came with the request stays here. */
  readonly assertCaller?: ((caller: Caller) => Promise<string>) | undefined;
  readonly routes: readonly ServiceRoute[];
}): FastifyPluginAsync {
  return async (door) => {
    const agent = new Agent({ keepAlive: true, maxFreeSockets: 16 });
    door.addHook("onClose", async () => agent.destroy());
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    for (const { method, url, permission } of options.routes)
      door.route({
        method: [...method],
        url,
        config: { permission },
        async handler(request, reply) {
          const { name } = options;
          if (options.url === undefined)
            throw new DomainError("unavailable", `${name} is not running here. ${options.advice}`);
          const assertion = await options.assertCaller?.(request.caller);
          const response = await ask(request, reply, { url: options.url, agent, assertion }).catch(
            (cause: unknown) => {
              if (reply.raw.destroyed) return undefined;
              throw new DomainError("unavailable", `${name} does not answer; try again in a moment.`, {
                cause,
              });
            },
          );
          if (!response) return reply.hijack();
          return reply
            .code(response.statusCode ?? 502)
            .headers(passable(response.headers))
            .send(response);
        },
      });
  };
}

function ask(
  request: FastifyRequest,
  reply: FastifyReply,
  service: {
    readonly url: string;
    readonly agent: Agent | false;
    readonly assertion: string | undefined;
  },
): Promise<IncomingMessage> {
  const { url, agent, assertion } = service;
  return new Promise((resolve, reject) => {
    const headers = passable(request.headers);
    for (const name of Object.keys(headers)) if (notForServices.test(name)) delete headers[name];
    if (assertion !== undefined) headers.authorization = `Bearer ${assertion}`;
    const { hostname, port } = new URL(url);
    const body = request.body as NodeJS.ReadableStream | undefined;
    const outgoing = httpRequest({
      // A kept connection may be closed in the very moment it is used again, and what has a body cannot be sent twice.
      agent: body ? false : agent,
      hostname,
      port,
      method: request.method,
      path: pathOf(request.url),
      headers: { ...headers, "x-request-id": request.id },
    });
    let answered = false;
    outgoing.on("error", (error) => {
      if (answered) return;
      if (agent !== false && outgoing.reusedSocket && !reply.raw.destroyed)
        resolve(ask(request, reply, { ...service, agent: false }));
      else reject(error);
    });
    outgoing.once("response", (response) => {
      answered = true;
      resolve(response);
    });
    reply.raw.once("close", () => {
      if (!reply.raw.writableFinished) outgoing.destroy();
    });
    if (body) body.pipe(outgoing);
    else outgoing.end();
  });
}
