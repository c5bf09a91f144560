import { DomainError } from "@runweir/errors";
import type { FastifyInstance } from "fastify";
import { createHostRule } from "./allowed-host.ts";
import { isCrossSiteWrite } from "./cross-site-write.ts";

/**
 * Set on every answer: no framing by others (our own sandboxed artifact frames stay possible), no guessing of content
 * types, no addresses leaked to other sites, no reading from other sites' pages.
 */
const securityHeaders = {
  "x-frame-options": "SAMEORIGIN",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
} as const;

/** Health probes come by address, before anybody configured a name, and tell nothing. */
const answersAnyHost = /^\/health(\/|$|\?)/;

/** Refuses requests for foreign names and writes from foreign pages, before anything else looks at them. */
export function guardRequests(
  server: FastifyInstance,
  options: { readonly allowedHosts: readonly string[]; readonly allowedOrigins: readonly string[] },
): void {
  const isAllowedHost = createHostRule(options.allowedHosts);
  const allowedOrigins = new Set(options.allowedOrigins);
  server.addHook("onRequest", (request, reply, done) => {
    reply.headers(securityHeaders);
    reply.header("x-request-id", request.id);
    const { host } = request.headers;
    if (!isAllowedHost(host) && !answersAnyHost.test(request.url)) {
      done(
        new DomainError(
          "permission_denied",
          `Host ${JSON.stringify(host ?? "")} is not a name of this server. Open it as localhost, or allow the name with RUNWEIR_ALLOWED_HOSTS.`,
          { reason: "foreign_host" },
        ),
      );
    } else if (isCrossSiteWrite(request.method, request.headers, allowedOrigins)) {
      done(
        new DomainError(
          "permission_denied",
          `A page of another site (${request.headers.origin ?? "unnamed"}) may not change anything here. Allow it with RUNWEIR_ALLOWED_ORIGINS if it is yours.`,
          { reason: "foreign_origin" },
        ),
      );
    } else done();
  });
}
