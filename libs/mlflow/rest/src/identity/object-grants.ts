import { DomainError } from "@runweir/errors";
import type { Caller, Directory, GrantTarget, User, Users } from "@runweir/identity-domain";
import { grantOf, type NamedPermission, nameOf } from "./named-permission.ts";

type Grants = Directory["grants"];

export interface ObjectGrants {
  find(caller: Caller, username: string, target: GrantTarget): Promise<ObjectPermission>;
  create(
    caller: Caller,
    username: string,
    target: GrantTarget,
    permission: string,
  ): Promise<ObjectPermission>;
  update(caller: Caller, username: string, target: GrantTarget, permission: string): Promise<void>;
  delete(caller: Caller, username: string, target: GrantTarget): Promise<void>;
  /** What MLflow 3 calls granting: there may be one already. */
  put(caller: Caller, username: string, target: GrantTarget, permission: string): Promise<void>;
}

export interface ObjectPermission {
  readonly userId: string;
  readonly permission: NamedPermission;
}

export async function requireUser(users: Pick<Users, "byUsername">, username: string): Promise<User> {
  const user = await users.byUsername(username);
  if (user !== undefined) return user;
  throw userNotFound(username);
}

function userNotFound(username: string): DomainError {
  return new DomainError("not_found", `User with username=${username} not found`, { field: "username" });
}

/** A registered model by its name; one with a `*` would be a pattern here. */
export function modelTarget(name: string): GrantTarget {
  if (!name.includes("*")) return { on: "model", pattern: name };
  throw new DomainError(
    "invalid_argument",
    `name is '${name}'; what a model with a * in its name permits is managed in the settings.`,
    { field: "name" },
  );
}

/** A user's permission on one object as MLflow knows it: one grant, to the user themselves, on exactly that object. */
export function objectGrants(grants: Grants, users: Pick<Users, "byUsername">): ObjectGrants {
  async function look(caller: Caller, username: string, target: GrantTarget) {
    const user = await users.byUsername(username);
    // Who there is is told to those who manage the object: they are the ones whom this answers.
    const { items } = await grants.list(caller, {
      ...(user === undefined ? {} : { holder: { kind: "user", id: user.id } as const }),
      target,
      limit: 1,
    });
    if (user === undefined) throw userNotFound(username);
    return { user, grant: items[0] };
  }

  async function requireGrant(caller: Caller, username: string, target: GrantTarget) {
    const { user, grant } = await look(caller, username, target);
    if (grant !== undefined) return { user, grant };
    throw new DomainError(
      "not_found",
      `${kindOf(target)} permission with ${describe(caller, target)} and username=${username} not found`,
    );
  }

  async function add(caller: Caller, user: User, target: GrantTarget, permission: string): Promise<void> {
    await grants.create(caller, { ...grantOf(permission), target, holder: { kind: "user", id: user.id } });
  }

  return {
    async find(caller, username, target) {
      const { user, grant } = await requireGrant(caller, username, target);
      return { userId: user.id, permission: nameOf(grant) };
    },

    async create(caller, username, target, permission) {
      const { user, grant } = await look(caller, username, target);
      if (grant !== undefined)
        throw new DomainError(
          "already_exists",
          `${kindOf(target)} permission (${describe(caller, target)}, username=${username}) already exists.`,
        );
      await add(caller, user, target, permission);
      return { userId: user.id, permission: nameOf(grantOf(permission)) };
    },

    async update(caller, username, target, permission) {
      const { grant } = await requireGrant(caller, username, target);
      await grants.update(caller, { grantId: grant.grantId, ...grantOf(permission) });
    },

    async delete(caller, username, target) {
      const { grant } = await requireGrant(caller, username, target);
      await grants.delete(caller, grant.grantId);
    },

    async put(caller, username, target, permission) {
      const { user, grant } = await look(caller, username, target);
      if (grant === undefined) return add(caller, user, target, permission);
      await grants.update(caller, { grantId: grant.grantId, ...grantOf(permission) });
    },
  };
}

/** In MLflow's words, which its clients and their users look for. */
function kindOf(target: GrantTarget): string {
  return "experimentId" in target ? "Experiment" : "Registered model";
}

function describe({ workspace }: Caller, target: GrantTarget): string {
  if ("experimentId" in target) return `experiment_id=${target.experimentId}`;
  return `workspace=${workspace}, name=${target.pattern}`;
}
