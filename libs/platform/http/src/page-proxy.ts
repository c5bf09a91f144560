import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { passable, pathOf } from "./forwarded.ts";
import { createPagePolicy, type PagePolicy } from "./page-policy.ts";
import { problemPageHeaders, renderProblemPage, wantsHtml } from "./problem-page.ts";

/** The server that renders a set of pages; one of the zones. */
export interface PageUpstream {
  readonly name: string;
  /** `http://127.0.0.1:5051` */
  readonly url: string;
}

/**
 * Zones hold no data and judge nobody, so credentials stay here; Next's inner headers must not come from outside, nor what it
 * marks scripts with.
 */
const notForZones =
  /^(authorization|x-middleware-.*|x-forwarded-.*|x-invoke-.*|x-nonce|content-security-policy.*)$/;

const sessionCookie = /^\s*(__Host-)?runweir[._]\w*(session|state)/;

const answerTimeoutMs = 30_000;
const retrySeconds = 2;

/**
 * Everything that no route of ours answers is a page or an asset of a zone and is streamed from there. A zone that is
 * down costs its own pages only, and they say so. Paths under `reserved` prefixes are never pages.
 */
export function proxyPages(
  server: FastifyInstance,
  options: {
    upstreamOf(path: string): PageUpstream | undefined;
    readonly reserved: readonly string[];
    /** Whether Next.js's development server draws them. */
    readonly development?: boolean;
  },
): void {
  const { development = false } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 16 });
  server.addHook("onClose", async () => agent.destroy());
  server.route({
    method: ["GET", "HEAD"],
    url: "/*",
    config: { permission: "public" },
    handler: async (request, reply) => {
      const path = request.url.split("?", 1)[0] ?? "/";
      const reserved = options.reserved.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
      const upstream = reserved ? undefined : options.upstreamOf(path);
      if (!upstream) return reply.callNotFound();
      try {
        const policy = createPagePolicy({ development });
        const response = await ask(request, reply, upstream, { agent, policy });
        const isPage = response.headers["content-type"]?.startsWith("text/html") ?? false;
        return reply
          .code(response.statusCode ?? 502)
          .headers({
            ...passable(response.headers),
            ...(isPage ? { "content-security-policy": policy.header } : {}),
          })
          .send(response);
      } catch (error) {
        if (reply.raw.destroyed) return reply.hijack();
        request.log.warn({ zone: upstream.name, err: error }, "zone does not answer");
        return answerZoneAway(request, reply, upstream);
      }
    },
  });
}

function ask(
  request: FastifyRequest,
  reply: FastifyReply,
  upstream: PageUpstream,
  { agent, policy }: { readonly agent: Agent | false; readonly policy: PagePolicy },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = passable(request.headers);
    for (const name of Object.keys(headers)) if (notForZones.test(name)) delete headers[name];
    const { cookie } = headers;
    if (typeof cookie === "string")
      headers.cookie = cookie
        .split(";")
        .filter((part) => !sessionCookie.test(part))
        .join(";")
        .trim();
    const { hostname, port } = new URL(upstream.url);
    const outgoing = httpRequest({
      agent,
      hostname,
      port,
      method: request.method,
      path: pathOf(request.url),
      headers: {
        ...headers,
        "x-forwarded-host": request.host,
        "x-request-id": request.id,
        // Next.js marks its own scripts with the nonce that it finds in the policy.
        "content-security-policy": policy.header,
        "x-nonce": policy.nonce,
      },
    });
    outgoing.setTimeout(answerTimeoutMs, () => outgoing.destroy(new Error("no answer in time")));
    let answered = false;
    outgoing.on("error", (error) => {
      // From here on the answer's own stream says what went wrong.
      if (answered) return;
      // A zone closes connections that were idle for some seconds, perhaps in the very moment one is used again. It has
      // not seen the request, which has no body: a connection of its own gets the answer.
      if (agent !== false && outgoing.reusedSocket && !reply.raw.destroyed)
        resolve(ask(request, reply, upstream, { agent: false, policy }));
      else reject(error);
    });
    outgoing.once("response", (response) => {
      answered = true;
      resolve(response);
      // A reader who left; a connection that is done goes back to the agent instead.
      reply.raw.once("close", () => response.complete || outgoing.destroy());
    });
    outgoing.end();
  });
}

function answerZoneAway(request: FastifyRequest, reply: FastifyReply, upstream: PageUpstream): FastifyReply {
  reply.code(503).header("retry-after", String(retrySeconds));
  if (!wantsHtml(request.headers.accept)) {
    return reply.type("text/plain; charset=utf-8").send(`The ${upstream.name} pages are not answering.\n`);
  }
  return reply.headers(problemPageHeaders).send(
    renderProblemPage({
      title: `The ${upstream.name} pages are not answering`,
      explanation:
        "The server that draws these pages is starting, restarting or stopped. Nothing is lost: logging, files and the other pages go on working.",
      advice: "If this lasts, look at the terminal or the log where Runweir runs.",
      requestId: request.id,
      retrySeconds,
    }),
  );
}
