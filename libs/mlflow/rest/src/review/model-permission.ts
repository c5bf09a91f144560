import { DomainError } from "@runweir/errors";
import type { Level } from "@runweir/identity-domain";

/** Databricks' names for levels. */
export const levelNames: Readonly<Record<Level, string>> = {
  read: "CAN_READ",
  edit: "CAN_EDIT",
  staging: "CAN_MANAGE_STAGING_VERSIONS",
  production: "CAN_MANAGE_PRODUCTION_VERSIONS",
  manage: "CAN_MANAGE",
};

export function readLevel(name: string): Level {
  const found = Object.entries(levelNames).find(([, known]) => known === name)?.[0];
  if (found !== undefined) return found as Level;
  throw new DomainError(
    "invalid_argument",
    `permission_level is '${name}'; one of ${Object.values(levelNames).join(", ")} is allowed.`,
    { field: "permission_level" },
  );
}

/** Databricks names models by ids in paths, and clients put them there as they are: the name, in letters that paths have. */
export function modelIdOf(name: string): string {
  return Buffer.from(name).toString("base64url");
}

export function modelOfId(id: string): string {
  const name = Buffer.from(id, "base64url").toString("utf8");
  if (modelIdOf(name) === id && name !== "") return name;
  throw new DomainError("not_found", `There is no registered model of id '${id}'.`, { field: "id" });
}
