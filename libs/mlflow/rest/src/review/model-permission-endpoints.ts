import { DomainError } from "@runweir/errors";
import type { Caller, Directory, GrantTarget, Level, StoredGrant } from "@runweir/identity-domain";
import type { Registry } from "@runweir/registry-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { modelTarget } from "../identity/object-grants.ts";
import { readText } from "../wire/field-values.ts";
import { message, optional, repeated, required } from "../wire/message.ts";
import { levelNames, modelIdOf, modelOfId, readLevel } from "./model-permission.ts";

const path = "permissions/registered-models/:id";
const grantsMax = 500;

const entry = message({
  userName: optional(readText),
  groupName: optional(readText),
  servicePrincipalName: optional(readText),
  permissionLevel: required(readText),
});
const entries = message({ accessControlList: repeated(entry.read) });
type Entry = ReturnType<typeof entry.read>;

const descriptions: Readonly<Record<Level, string>> = {
  read: "Can view the model, and talk about requests.",
  edit: "Can edit the model and move its aliases that are not protected.",
  staging: "Can move versions into Staging and out of it.",
  production: "Can move versions into Production and out of it, and protected aliases.",
  manage: "Can do everything with the model, and give permissions on it.",
};

/** Databricks' permissions on a model: grants to users, groups and service accounts on exactly that one. */
export function modelPermissionEndpoints(services: {
  readonly directory: Pick<Directory, "grants" | "members">;
  readonly registry: Pick<Registry, "getModel">;
}): readonly Endpoint[] {
  const { directory, registry } = services;

  /** Who may not see a model does not learn here that there is one. */
  async function findModel(caller: Caller, id: string | undefined): Promise<string> {
    return (await registry.getModel(caller, modelOfId(id ?? ""))).name;
  }

  async function list(caller: Caller, target: GrantTarget): Promise<readonly StoredGrant[]> {
    const { items } = await directory.grants.list(caller, { target, limit: grantsMax });
    return items.filter(({ effect }) => effect === "allow");
  }

  async function describe(caller: Caller, name: string): Promise<object> {
    const grants = await list(caller, modelTarget(name));
    return {
      object_id: `/registered-models/${modelIdOf(name)}`,
      object_type: "registered-model",
      access_control_list: grants.flatMap(({ holder, level }) => {
        if (holder.kind === "everyone") return [];
        const key = { user: "user_name", group: "group_name", "service-account": "service_principal_name" };
        const permission = { permission_level: levelNames[level], inherited: false };
        return [
          { [key[holder.kind]]: holder.name, display_name: holder.name, all_permissions: [permission] },
        ];
      }),
    };
  }

  async function findHolder(caller: Caller, { userName, groupName, servicePrincipalName }: Entry) {
    const [kind, name] = userName
      ? (["user", userName] as const)
      : groupName
        ? (["group", groupName] as const)
        : (["service-account", servicePrincipalName ?? ""] as const);
    const { items } = await directory.members.listHolders(caller, {
      kinds: [kind],
      search: name,
      limit: 100,
    });
    const found = items.find((one) => one.name === name);
    if (found) return { kind, id: found.id };
    throw new DomainError("not_found", `There is no ${kind} '${name}'.`, { field: "access_control_list" });
  }

  /** Gives what is listed; `replaces`: and takes everything else away. */
  async function give(caller: Caller, name: string, given: readonly Entry[], replaces: boolean) {
    const target = modelTarget(name);
    const present = await list(caller, target);
    const kept = new Set<string>();
    for (const one of given) {
      const level = readLevel(one.permissionLevel);
      const holder = await findHolder(caller, one);
      const before = present.find(
        (grant) => grant.holder.kind === holder.kind && grant.holder.id === holder.id,
      );
      if (before) kept.add(before.grantId);
      if (!before) await directory.grants.create(caller, { effect: "allow", level, target, holder });
      else if (before.level !== level)
        await directory.grants.update(caller, { grantId: before.grantId, effect: "allow", level });
    }
    if (!replaces) return;
    // Whoever made the model goes on managing it.
    for (const { grantId, isOwn } of present)
      if (!kept.has(grantId) && !isOwn) await directory.grants.delete(caller, grantId);
  }

  return [
    defineEndpoint({
      methods: ["GET"],
      path,
      permission: "model.manage",
      request: message({}),
      answer: async (_, { caller, params }) => describe(caller, await findModel(caller, params.id)),
    }),
    defineEndpoint({
      methods: ["PUT", "PATCH"],
      path,
      permission: "model.manage",
      request: entries,
      answer: async ({ accessControlList }, { caller, params, method }) => {
        const name = await findModel(caller, params.id);
        await give(caller, name, accessControlList, method === "PUT");
        return describe(caller, name);
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: `${path}/permissionLevels`,
      permission: "model.read",
      request: message({}),
      answer: async (_, { caller, params }) => {
        await findModel(caller, params.id);
        return {
          permission_levels: Object.entries(levelNames).map(([level, name]) => ({
            permission_level: name,
            description: descriptions[level as Level],
          })),
        };
      },
    }),
  ];
}
