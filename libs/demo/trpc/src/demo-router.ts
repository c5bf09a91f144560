import { type DemoTarget, loadDemo, measureDemo } from "@runweir/demo-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

/** The demo project, for an empty installation's first page and for `npm run seed`. */
export function createDemoRouter(target: DemoTarget) {
  return router({
    /** What `load` will write, so that a page can say how much of it is there. */
    size: procedure("experiment.read").query(() => measureDemo(target.clock.now())),
    load: procedure("experiment.create")
      .input(z.object({ seed: z.int().min(0).max(0xffff_ffff).optional() }))
      .mutation(({ ctx, input }) =>
        loadDemo(target, ctx.caller, input.seed === undefined ? {} : { seed: input.seed }),
      ),
  });
}

export type DemoApi = ReturnType<typeof createDemoRouter>;
