import type { Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { aliasInput, oneModel, pageInput, versionInput } from "./inputs.ts";

const targetInput = z.union([
  z.object({ kind: z.literal("alias"), alias: aliasInput }),
  z.object({ kind: z.literal("stage"), stage: aliasInput }),
]);

export function createHistoryRouter(registry: Registry) {
  return router({
    /** Moves of aliases and stages, newest first. */
    list: procedure("model.read")
      .input(
        oneModel.extend({
          target: targetInput.optional(),
          version: versionInput.optional(),
          ...pageInput,
        }),
      )
      .query(({ ctx, input: { name, ...query } }) => registry.getHistory(ctx.caller, name, query)),
    /** What a target pointed at, at a time in milliseconds since 1970; null: at nothing that is known. */
    at: procedure("model.read")
      .input(oneModel.extend({ target: targetInput, time: z.number() }))
      .query(
        async ({ ctx, input: { name, target, time } }) =>
          (await registry.getTargetAt(ctx.caller, name, target, time)) ?? null,
      ),
  });
}
