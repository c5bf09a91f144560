import { DomainError } from "@runweir/errors";
import type { RegisteredModel } from "../registered-model.ts";
import type { RegistryStore, StoredVersion } from "../registry-store.ts";

/** The errors of things that are not there, in the words clients match on. */
export function modelNotFound(name: string): DomainError {
  return new DomainError("not_found", `Registered Model with name=${name} not found`, { field: "name" });
}

export function versionNotFound(name: string, version: number): DomainError {
  return new DomainError("not_found", `Model Version (name=${name}, version=${version}) not found`, {
    field: "version",
  });
}

export function latestNotFound(name: string): DomainError {
  return new DomainError("not_found", `Latest version not found for model ${name}.`, { field: "name" });
}

/** Not `not_found`: clients match on the code as well. */
export function aliasNotFound(alias: string): DomainError {
  return new DomainError("invalid_argument", `Registered model alias ${alias} not found.`, {
    field: "alias",
  });
}

export async function requireModel(
  store: RegistryStore,
  workspace: string,
  name: string,
): Promise<RegisteredModel> {
  const model = await store.findModel(workspace, name);
  if (!model) throw modelNotFound(name);
  return model;
}

export async function requireStoredVersion(
  store: RegistryStore,
  workspace: string,
  name: string,
  version: number,
): Promise<StoredVersion> {
  const found = await store.findVersion(workspace, name, version);
  if (!found) throw versionNotFound(name, version);
  return found;
}
