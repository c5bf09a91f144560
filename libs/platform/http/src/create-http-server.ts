import { type EnterRefusal, localOwner } from "@runweir/identity-domain";
import { acceptRequestId, type Logger, type Metrics, type Tracing } from "@runweir/telemetry";
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from "fastify";
import { answerErrors } from "./answer-errors.ts";
import { authorizeRoutes } from "./authorize-routes.ts";
import { drainOnClose } from "./drain-on-close.ts";
import { endRevoked } from "./end-revoked.ts";
import { guardRequests } from "./guard-requests.ts";
import { healthRoutes, type Readiness } from "./health-routes.ts";
import { observeRequests } from "./observe-requests.ts";
import { receiveBodies } from "./receive-bodies.ts";
import type { IdentifyRequest } from "./renew-caller.ts";
import { traceRequests } from "./trace-requests.ts";
import "./route-declaration.ts";

export interface HttpServerOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** None unless given. */
  readonly tracing?: Tracing;
  /** Who asks; the local owner unless told. */
  readonly identify?: IdentifyRequest;
  /** Hears of who is refused by the permission that a route declares. */
  readonly onRefused?: EnterRefusal;
  /** Whether requests that last are asked about again; not where `identify` goes by something that is good for a moment only. */
  readonly renews?: boolean;
  /** Names besides loopback that the server answers to. */
  readonly allowedHosts?: readonly string[];
  /** Origins besides the server's own whose pages may write. */
  readonly allowedOrigins?: readonly string[];
  readonly checkReadiness: () => Promise<Readiness>;
  /** For bodies that are read whole; a route may set its own `bodyLimit`. */
  readonly bodyLimitBytes?: number;
  readonly bodyTimeoutMs?: number;
  readonly drainMs?: number;
}

/**
 * The HTTP server every service builds on: request ids, guards against foreign names and foreign pages, the one
 * authorization hook, errors, health, metrics, logs, graceful `close()`. Doors are registered on what it returns; each of
 * their routes declares `config.permission`.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = options.logger;
  const server = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: (request) => acceptRequestId(request.headers["x-request-id"]),
    bodyLimit: options.bodyLimitBytes ?? 32 * 1024 * 1024,
    // Training clients keep connections open between steps; a connection closed under a POST is an error there.
    keepAliveTimeout: 120_000,
    // Bodies have their own rules (`receiveBodies`): this one would cut long uploads.
    requestTimeout: 0,
    forceCloseConnections: "idle",
    return503OnClosing: true,
    // Names in paths go up to 500 characters, percent-encoded UTF-8.
    routerOptions: { maxParamLength: 8_192 },
    http: { noDelay: true, headersTimeout: 60_000, maxHeaderSize: 65_536 },
  });
  if (options.tracing) traceRequests(server, options.tracing);
  observeRequests(server, options.metrics);
  guardRequests(server, {
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
  });
  const identify: IdentifyRequest = options.identify ?? ((request) => localOwner(request.id));
  authorizeRoutes(server, { identify, onRefused: options.onRefused });
  if (options.renews !== false) endRevoked(server, { identify });
  receiveBodies(server, { bodyTimeoutMs: options.bodyTimeoutMs ?? 60_000, drainBytesMax: 256 * 1024 * 1024 });
  drainOnClose(server, options.drainMs ?? 10_000);
  answerErrors(server);
  healthRoutes(server, { metrics: options.metrics, checkReadiness: options.checkReadiness });
  return server;
}
