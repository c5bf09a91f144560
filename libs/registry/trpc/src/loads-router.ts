import type { Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { oneVersion, pageInput } from "./inputs.ts";

export function createLoadsRouter(registry: Registry) {
  return router({
    /** Who loads a version, with what, and by which alias or stage. */
    list: procedure("model.read")
      .input(oneVersion.extend(pageInput))
      .query(({ ctx, input }) => registry.listLoads(ctx.caller, input)),
  });
}
