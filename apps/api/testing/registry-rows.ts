import type { Permission } from "@runweir/identity-domain";
import { type MatrixObjects, type MatrixRow, row } from "./matrix-row.ts";

/** What the pages of the registry ask. */
export function registryRows({
  model: name,
  fresh,
  runId,
  experimentId,
}: MatrixObjects): Readonly<Record<string, MatrixRow>> {
  const tag = { key: "k", value: "v" };
  const model = (needs: Permission, more: object = {}) => row(needs, { body: { name, ...more } });
  const version = (needs: Permission | readonly Permission[], more: object = {}) =>
    row(needs, { body: { name, version: "1", ...more } });
  // There is no such job, which is said to whoever may look at jobs.
  const job = (needs: Permission, more: object = {}) =>
    row(needs, { any: true, body: { jobId: "0", ...more } });
  const search = row("model.read", { any: true, body: { maxResults: 1 } });
  return {
    "registry.nameOf": row("model.read", { any: true, body: { personId: "nobody" } }),
    "registry.models.search": search,
    "registry.models.list": search,
    "registry.models.facets": row("model.read", { any: true, body: {} }),
    "registry.models.get": model("model.read"),
    "registry.models.create": row("model.create", { any: true, body: { name: fresh() } }),
    "registry.models.rename": model("model.edit", { newName: name }),
    "registry.models.describe": model("model.edit", { description: "d" }),
    "registry.models.delete": model("model.manage"),
    "registry.models.setTag": model("model.edit", { tag }),
    "registry.models.deleteTag": model("model.edit", { key: "k" }),
    "registry.versions.search": search,
    "registry.versions.get": version("model.read"),
    "registry.versions.location": version("model.read"),
    "registry.versions.describe": version("model.edit", { description: "d" }),
    "registry.versions.transition": version(["model.edit", "model.production"], {
      stage: "Production",
      archiveExistingVersions: false,
    }),
    "registry.versions.delete": row("model.manage", { body: { name, version: "2" } }),
    "registry.versions.setTag": version("model.edit", { tag }),
    "registry.versions.deleteTag": version("model.edit", { key: "k" }),
    "registry.history.list": model("model.read", { maxResults: 1 }),
    "registry.history.at": model("model.read", { target: { kind: "alias", alias: "a" }, time: 1 }),
    "registry.aliases.get": model("model.read", { alias: "a" }),
    "registry.aliases.set": version("alias.move", { alias: "a" }),
    "registry.bulk.mayPlan": row("account", { any: true }),
    "registry.bulk.plan": row("model.edit", {
      any: true,
      body: {
        models: { text: "no model of this name" },
        version: { kind: "latest" },
        target: { kind: "alias", alias: "a" },
      },
    }),
    "registry.stages.list": row("model.read", { body: { model: name } }),
    "registry.stages.set": row("workspace.manage", { any: true, body: { stages: [] } }),
    "registry.stages.setOfModel": row("model.manage", { body: { model: name, stages: [] } }),
    "registry.lineage.get": version("model.read"),
    "registry.lineage.ofRun": row(["model.read", "experiment.read"], { body: { runId, maxResults: 1 } }),
    "registry.lineage.ofDataset": row(["model.read", "experiment.read"], {
      body: { experimentIds: [experimentId], digest: "d", maxResults: 1 },
    }),
    "registry.loads.list": version("model.read", { maxResults: 1 }),
    "registry.bulk.list": search,
    "registry.bulk.get": job("model.read"),
    "registry.bulk.items": job("model.read", { maxResults: 1 }),
    "registry.bulk.begin": job("model.edit", { digest: "" }),
    "registry.bulk.pause": job("model.edit"),
    "registry.bulk.resume": job("model.edit"),
    "registry.bulk.undo": job("model.edit"),
    "registry.aliases.delete": model("alias.move", { alias: "a" }),
  };
}
