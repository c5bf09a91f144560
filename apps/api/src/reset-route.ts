import type { Database } from "@runweir/postgres";
import { resetRegistry } from "@runweir/registry-postgres";
import { ensureDefaultExperiment, resetTracking } from "@runweir/tracking-postgres";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ArtifactPlacement } from "./artifact-placement.ts";

const bodySchema = z.object({ root: z.string().min(1), cwd: z.string().startsWith("/") });

/**
 * `POST /__reset {root, cwd}`: forgets everything but the one experiment `0`, and keeps artifacts under `root` from then
 * on. For conformance suites, whose every test starts from nothing; only mounted by the testing switch, and the server
 * only listens on loopback.
 */
export function resetRoute(
  server: FastifyInstance,
  options: {
    readonly database: Database;
    readonly placement: ArtifactPlacement;
    readonly clock: { now(): number };
    readonly workspace: string;
  },
): void {
  const { database, placement, clock, workspace } = options;
  server.post("/__reset", { config: { permission: "server.manage" } }, async (request, reply) => {
    const { root, cwd } = bodySchema.parse(request.body);
    placement.move(root, cwd);
    await database.transaction(async (client) => {
      await resetRegistry(client);
      await resetTracking(client);
    });
    await ensureDefaultExperiment(database, {
      workspace,
      artifactLocation: placement.locationOf,
      now: clock.now(),
    });
    return reply.send({});
  });
}
