import "./route-declaration.ts";

export { createHostRule, hostNameOf, isLoopbackName } from "./allowed-host.ts";
export { type CallerAssertions, createCallerAssertions } from "./caller-assertion.ts";
export { createHttpServer, type HttpServerOptions } from "./create-http-server.ts";
export { forwardUpgrades } from "./forward-upgrades.ts";
export type { Readiness } from "./health-routes.ts";
export { originOf } from "./origin-of.ts";
export { type PageUpstream, proxyPages } from "./page-proxy.ts";
export { renewCaller } from "./renew-caller.ts";
export { type ServiceRoute, serviceRoutes } from "./service-proxy.ts";
