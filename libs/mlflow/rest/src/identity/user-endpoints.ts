import { DomainError } from "@runweir/errors";
import {
  type Caller,
  type Directory,
  type OwnAccount,
  requirePermission,
  type StoredGrant,
  type User,
  type Users,
} from "@runweir/identity-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { readFlag, readText } from "../wire/field-values.ts";
import { message, optional, required } from "../wire/message.ts";
import { nameOf } from "./named-permission.ts";
import { requireUser } from "./object-grants.ts";

export interface PeopleServices {
  readonly users: Users;
  readonly account: OwnAccount;
  readonly directory: Pick<Directory, "grants" | "groups" | "members" | "access" | "workspaces">;
}

const named = { username: required(readText) };
/** MLflow answers all users at once. */
const usersMax = 10_000;
const grantsMax = 1_000;

/** Users as the basic authentication of MLflow knows them. */
export function userEndpoints({ users, account, directory }: PeopleServices): readonly Endpoint[] {
  async function changeOwnPassword(
    caller: Caller,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<void> {
    try {
      await account.changePassword(caller, passwords);
    } catch (error) {
      // To MLflow it is a wrong value and no missing right.
      if (error instanceof DomainError && error.code === "permission_denied" && error.field === "current")
        throw new DomainError("invalid_argument", "Current password does not match.", {
          field: "current_password",
        });
      throw error;
    }
  }

  return [
    defineEndpoint({
      methods: ["POST"],
      path: "users/create",
      permission: "server.manage",
      request: message({ ...named, password: required(readText) }),
      async answer({ username, password }, { caller }) {
        const user = await users.create(caller, { username, password });
        // As MLflow has it unless told otherwise: everybody reads, and makes what they then manage.
        await directory.members.set(caller, { kind: "user", id: user.id, role: "member" });
        return { user: userAnswer(caller, user, []) };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "users/get",
      permission: "account",
      request: message(named),
      async answer({ username }, { caller }) {
        requireSelfOrAdministrator(caller, username);
        const user = await requireUser(users, username);
        const { items } = await directory.grants.list(caller, {
          holder: { kind: "user", id: user.id },
          limit: grantsMax,
        });
        return { user: userAnswer(caller, user, items) };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "users/current",
      permission: "account",
      request: message({}),
      async answer(_input, { caller: { principal, rights } }) {
        return {
          user: { id: principal.id, username: principal.name, is_admin: rights.administrator },
          is_basic_auth: principal.kind === "user",
        };
      },
    }),
    defineEndpoint({
      methods: ["GET"],
      path: "users/list",
      permission: "server.manage",
      request: message({}),
      answer: async () => ({
        users: (await users.list({ limit: usersMax })).items.map((user) => ({
          id: user.id,
          username: user.username,
          is_admin: user.isAdministrator,
        })),
      }),
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "users/update-password",
      permission: "account",
      request: message({ ...named, password: required(readText), currentPassword: optional(readText) }),
      async answer({ username, password, currentPassword }, { caller }) {
        if (!isSelf(caller, username)) {
          requirePermission(caller, "server.manage");
          return users.setPassword(caller, (await requireUser(users, username)).id, password);
        }
        if (!currentPassword)
          throw new DomainError(
            "invalid_argument",
            "Current password is required when changing your own password.",
            { field: "current_password" },
          );
        return changeOwnPassword(caller, { current: currentPassword, next: password });
      },
    }),
    defineEndpoint({
      methods: ["PATCH"],
      path: "users/update-admin",
      permission: "server.manage",
      request: message({ ...named, isAdmin: required(readFlag) }),
      async answer({ username, isAdmin }, { caller }) {
        await users.update(caller, (await requireUser(users, username)).id, { isAdministrator: isAdmin });
      },
    }),
    defineEndpoint({
      methods: ["DELETE"],
      path: "users/delete",
      permission: "server.manage",
      request: message(named),
      async answer({ username }, { caller }) {
        if (isSelf(caller, username))
          throw new DomainError(
            "invalid_argument",
            "Users cannot delete their own account. Ask another admin to delete this user instead.",
            { field: "username" },
          );
        await users.delete(caller, (await requireUser(users, username)).id);
      },
    }),
  ];
}

/** Nobody but users has a name that clients could say. */
export function isSelf({ principal }: Caller, username: string): boolean {
  return principal.kind === "user" && principal.name.toLowerCase() === username.toLowerCase();
}

function requireSelfOrAdministrator(caller: Caller, username: string): void {
  if (!isSelf(caller, username)) requirePermission(caller, "server.manage");
}

/** MLflow 2 and, of scorers too, some of MLflow 3 want the permissions with the user. */
function userAnswer({ workspace }: Caller, user: User, grants: readonly StoredGrant[]) {
  return {
    id: user.id,
    username: user.username,
    is_admin: user.isAdministrator,
    experiment_permissions: grants.flatMap((grant) =>
      "experimentId" in grant.target
        ? [{ experiment_id: grant.target.experimentId, user_id: user.id, permission: nameOf(grant) }]
        : [],
    ),
    registered_model_permissions: grants.flatMap((grant) =>
      grant.target.on === "model" && !grant.target.pattern.includes("*")
        ? [{ workspace, name: grant.target.pattern, user_id: user.id, permission: nameOf(grant) }]
        : [],
    ),
    scorer_permissions: [],
  };
}
