import { isIP } from "node:net";
import type { Origin } from "@runweir/identity-domain";
import type { FastifyRequest } from "fastify";

/** From where a request came, for the audit log. */
export function originOf(request: Pick<FastifyRequest, "url" | "headers" | "socket">): Origin {
  return {
    door: request.url.startsWith("/trpc/") ? "pages" : "api",
    address: addressOf(request),
    userAgent: request.headers["user-agent"],
  };
}

/**
 * The other end of the connection; where that is this machine, a proxy of ours stands there, and what it saw comes last in
 * `X-Forwarded-For`. What stands before it may be anybody's invention, as may the whole header from elsewhere.
 */
function addressOf({ headers, socket }: Pick<FastifyRequest, "headers" | "socket">): string | undefined {
  const peer = socket.remoteAddress?.replace(/^::ffff:/, "");
  if (peer !== "::1" && !peer?.startsWith("127.")) return peer;
  const seen = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",").at(-1)?.trim() ?? "";
  return isIP(seen) === 0 ? peer : seen;
}
