import { decide } from "@runweir/identity-domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type IdentifyRequest, renewCaller } from "./renew-caller.ts";
import { Slots } from "./slots.ts";

/** What is known about callers may be half a second old: together that stays below a second. */
const everyMs = 250;

interface OpenRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  isAsked: boolean;
  wasRefused: boolean;
}

/**
 * Requests that last (event streams, points that go on arriving, downloads, questions) are asked about again while they do. One
 * whose session or token has ended is cut off, as is one whose caller may not do such things any more; what services ask
 * of a caller on the way is asked with the rights of that moment.
 */
export function endRevoked(server: FastifyInstance, options: { readonly identify: IdentifyRequest }): void {
  const open = new Slots<OpenRequest>();

  async function ask(one: OpenRequest): Promise<void> {
    const { request, reply } = one;
    const { permission = "public" } = request.routeOptions.config;
    const caller = await renewCaller(request, options.identify);
    if (caller !== undefined && decide(caller, permission).allowed) {
      request.caller = caller;
      return;
    }
    // Who ends their own session is still told so: such an answer comes as a whole, and soon.
    const isUnderWay = reply.raw.headersSent || !request.raw.complete;
    if (isUnderWay || one.wasRefused) {
      request.log.info({ route: request.routeOptions.url }, "cut off: what it came with is no longer good");
      reply.raw.destroy();
    }
    one.wasRefused = true;
  }

  server.addHook("onRequest", (request, reply, done) => {
    const { kind } = request.caller.principal;
    if (kind === "user" || kind === "service-account") {
      const place = open.add({ request, reply, isAsked: false, wasRefused: false });
      reply.raw.once("close", () => open.remove(place));
    }
    done();
  });
  const timer = setInterval(() => {
    for (const one of open) {
      if (one.isAsked || one.reply.elapsedTime < everyMs) continue;
      one.isAsked = true;
      ask(one)
        // Whoever cannot be asked about now is asked about again.
        .catch(() => {})
        .finally(() => {
          one.isAsked = false;
        });
    }
  }, everyMs).unref();
  server.addHook("onClose", async () => clearInterval(timer));
}
