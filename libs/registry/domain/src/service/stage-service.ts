import { DomainError } from "@runweir/errors";
import { builtInStages, findStage, type RegistryStages, type Stage } from "../stage.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { limits } from "../validation/limits.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { modelNotFound, requireModel } from "./find-or-refuse.ts";

export function stageService({ store }: RegistryDependencies): RegistryStages {
  return {
    async listStages({ workspace }, model) {
      if (model !== undefined) await requireModel(store, workspace, requireModelName(model));
      return [...builtInStages, ...(await store.readStages(workspace, model))];
    },

    async setStages({ workspace }, { model, stages }) {
      if (model !== undefined) await requireModel(store, workspace, requireModelName(model));
      requireStages(stages, model === undefined ? [] : await store.readStages(workspace));
      const held = await store.writeStages(workspace, model, stages);
      if (!held) throw modelNotFound(model ?? "");
      if (held.length > 0)
        throw new DomainError(
          "failed_precondition",
          `Parameter 'stages' leaves out ${held.join(", ")}, which hold versions; move these first.`,
          { field: "stages" },
        );
      return [...builtInStages, ...(await store.readStages(workspace, model))];
    },
  };
}

function requireStages(stages: readonly Stage[], others: readonly Stage[]): void {
  if (stages.length > limits.stages)
    throw invalid(`has ${stages.length} stages, at most ${limits.stages} are allowed`);
  const seen: Stage[] = [...builtInStages, ...others];
  for (const stage of stages) {
    if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,63}$/u.test(stage.name))
      throw invalid(
        `names '${stage.name}': a stage has 1 to 64 letters, digits, blanks, underscores and dashes, and begins with a letter or digit`,
      );
    if (stage.name.toLowerCase() === "latest") throw invalid("names 'latest', which is the greatest version");
    // `models:/name/3` is a version, so a stage of digits could not be loaded.
    if (/^\d+$/.test(stage.name)) throw invalid(`names '${stage.name}', which reads like a version`);
    if (findStage(seen, stage.name)) throw invalid(`names '${stage.name}', which there is already`);
    seen.push(stage);
  }
}

function invalid(what: string): DomainError {
  return new DomainError("invalid_argument", `Parameter 'stages' ${what}.`, { field: "stages" });
}
