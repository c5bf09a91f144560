import { type DemoTarget, loadDemo } from "@runweir/demo-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

/** The demo project, for an empty installation's first page and for `npm run seed`. */
export function createDemoRouter(target: DemoTarget) {
  return router({
    load: procedure("experiment.edit")
      .input(z.object({ seed: z.int().min(0).max(0xffff_ffff).optional() }))
      .mutation(({ ctx, input }) =>
        loadDemo(target, ctx.caller, input.seed === undefined ? {} : { seed: input.seed }),
      ),
  });
}

export type DemoApi = ReturnType<typeof createDemoRouter>;
