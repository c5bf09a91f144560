import type { Registry } from "@runweir/registry-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { descriptionInput, keyInput, oneVersion, searchInput, tagInput } from "./inputs.ts";

export function createVersionsRouter(registry: Registry) {
  return router({
    search: procedure("model.read")
      .input(searchInput)
      .query(({ ctx, input }) => registry.searchVersions(ctx.caller, input)),
    get: procedure("model.read")
      .input(oneVersion)
      .query(({ ctx, input }) => registry.getVersion(ctx.caller, input.name, input.version)),
    /** Where its files are: a location, or `runs:/...`. */
    location: procedure("model.read")
      .input(oneVersion)
      .query(({ ctx, input }) => registry.getDownloadUri(ctx.caller, input.name, input.version)),
    describe: procedure("model.edit")
      .input(oneVersion.extend({ description: descriptionInput }))
      .mutation(({ ctx, input }) =>
        registry.updateVersion(ctx.caller, input.name, input.version, input.description || undefined),
      ),
    transition: procedure("model.edit")
      .input(oneVersion.extend({ stage: z.string().max(1_000), archiveExistingVersions: z.boolean() }))
      .mutation(({ ctx, input }) => registry.transitionStage(ctx.caller, input)),
    delete: procedure("model.manage")
      .input(oneVersion)
      .mutation(({ ctx, input }) => registry.deleteVersion(ctx.caller, input.name, input.version)),
    setTag: procedure("model.edit")
      .input(oneVersion.extend({ tag: tagInput }))
      .mutation(({ ctx, input }) => registry.setVersionTag(ctx.caller, input.name, input.version, input.tag)),
    deleteTag: procedure("model.edit")
      .input(oneVersion.extend({ key: keyInput }))
      .mutation(({ ctx, input }) =>
        registry.deleteVersionTag(ctx.caller, input.name, input.version, input.key),
      ),
  });
}
