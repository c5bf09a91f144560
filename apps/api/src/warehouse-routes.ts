import { type CallerAssertions, serviceRoutes } from "@runweir/http";
import type { FastifyPluginAsync } from "fastify";

/** What the warehouse answers: snapshots, and SQL over them. */
export function warehouseRoutes(options: {
  readonly url: string | undefined;
  /** Absent where the installation has no secret key: then it is the local owner who asks. */
  readonly assertions: Pick<CallerAssertions, "sign"> | undefined;
}): FastifyPluginAsync {
  return serviceRoutes({
    name: "The warehouse",
    url: options.url,
    assertCaller: options.assertions?.sign,
    advice:
      "Start Runweir without --no-warehouse, or say with RUNWEIR_WAREHOUSE_URL where one runs. Logging and pages go on without it.",
    routes: [
      { method: ["GET"], url: "/api/snapshots", permission: "experiment.read" },
      { method: ["POST"], url: "/api/snapshots", permission: "server.manage" },
      { method: ["GET"], url: "/api/snapshots/*", permission: "experiment.read" },
      { method: ["POST"], url: "/api/snapshots/:number/links", permission: "experiment.read" },
      // The signature in the link is the permission; the warehouse looks at it.
      { method: ["GET", "HEAD"], url: "/api/snapshots/:number/files/*", permission: "public" },
      { method: ["GET", "POST"], url: "/api/sql", permission: "experiment.read" },
      { method: ["GET", "POST", "DELETE"], url: "/api/sql/*", permission: "experiment.read" },
    ],
  });
}
