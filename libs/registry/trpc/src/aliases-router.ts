import type { Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { aliasInput, oneModel, versionInput } from "./inputs.ts";

const one = oneModel.extend({ alias: aliasInput });

export function createAliasesRouter(registry: Registry) {
  return router({
    get: procedure("model.read")
      .input(one)
      .query(({ ctx, input }) => registry.getVersionByAlias(ctx.caller, input.name, input.alias)),
    set: procedure("alias.move")
      .input(one.extend({ version: versionInput }))
      .mutation(({ ctx, input }) => registry.setAlias(ctx.caller, input.name, input.alias, input.version)),
    delete: procedure("alias.move")
      .input(one)
      .mutation(({ ctx, input }) => registry.deleteAlias(ctx.caller, input.name, input.alias)),
  });
}
