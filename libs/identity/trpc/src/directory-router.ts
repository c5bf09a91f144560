import {
  type Directory,
  levels,
  type Permission,
  permissionNames,
  workspaceRoles,
} from "@runweir/identity-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

const idInput = z.string().min(1).max(200);
const nameInput = z.string().max(1_000);
const textInput = z.string().max(10_000);
const pageInput = {
  search: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
  pageToken: z.string().max(4_000).optional(),
};
const roleInput = z.enum(workspaceRoles);
const holderInput = z.strictObject({ kind: z.enum(["user", "service-account", "group"]), id: idInput });
const groupMemberInput = z.strictObject({ kind: z.enum(["user", "service-account"]), id: idInput });
const targetInput = z.union([
  z.strictObject({ on: z.literal("experiment"), experimentId: z.string().min(1).max(64) }),
  z.strictObject({ on: z.enum(["experiment", "model", "alias"]), pattern: nameInput }),
]);
const objectInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("experiment"), experimentId: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal("model"), name: nameInput }),
  z.strictObject({ kind: z.literal("alias"), model: nameInput, alias: nameInput }),
]);
const grantInput = { effect: z.enum(["allow", "deny"]), level: z.enum(levels) };
const workspaceInput = {
  description: textInput.optional(),
  defaultRole: roleInput.nullable().optional(),
  protectedAliases: z.array(nameInput).max(1_000).optional(),
};

/** Who there is and what they may do: settings of the workspace that the caller is in, and of the server. */
export function createDirectoryRouter(directory: Directory) {
  const { workspaces, members, groups, serviceAccounts, grants, access } = directory;
  return router({
    workspaces: router({
      list: procedure("account")
        .input(z.strictObject({ ...pageInput, deleted: z.boolean().optional() }))
        .query(({ ctx, input }) => workspaces.list(ctx.caller, input)),
      create: procedure("server.manage")
        .input(z.strictObject({ name: nameInput, ...workspaceInput }))
        .mutation(({ ctx, input }) => workspaces.create(ctx.caller, input)),
      update: procedure("workspace.manage")
        .input(z.strictObject({ name: nameInput, ...workspaceInput }))
        .mutation(({ ctx, input: { name, ...changes } }) => workspaces.update(ctx.caller, name, changes)),
      delete: procedure("server.manage")
        .input(z.strictObject({ name: nameInput }))
        .mutation(({ ctx, input }) => workspaces.delete(ctx.caller, input.name)),
      restore: procedure("server.manage")
        .input(z.strictObject({ name: nameInput }))
        .mutation(({ ctx, input }) => workspaces.restore(ctx.caller, input.name)),
    }),
    members: router({
      list: procedure("workspace.read")
        .input(z.strictObject({ ...pageInput, role: roleInput.optional() }))
        .query(({ ctx, input }) => members.list(ctx.caller, input)),
      /** Who that is, and as what they belong to the workspace themselves. */
      get: procedure("account")
        .input(holderInput)
        .query(async ({ ctx: { caller }, input }) => ({
          holder: await members.getHolder(caller, input),
          role: (await members.find(caller, input))?.role ?? null,
        })),
      /** In every workspace. */
      of: procedure("account")
        .input(holderInput)
        .query(({ ctx, input }) => members.listOf(ctx.caller, input)),
      set: procedure("workspace.manage")
        .input(holderInput.extend({ role: roleInput }))
        .mutation(({ ctx, input }) => members.set(ctx.caller, input)),
      remove: procedure("workspace.manage")
        .input(holderInput)
        .mutation(({ ctx, input }) => members.remove(ctx.caller, input)),
      /** To choose from. */
      holders: procedure("workspace.read")
        .input(
          z.strictObject({
            ...pageInput,
            kinds: z.array(holderInput.shape.kind).min(1).max(3),
            name: nameInput.optional(),
          }),
        )
        .query(({ ctx, input }) => members.listHolders(ctx.caller, input)),
    }),
    groups: router({
      of: procedure("account")
        .input(groupMemberInput)
        .query(({ ctx, input }) => groups.listOf(ctx.caller, input)),
      list: procedure("workspace.read")
        .input(z.strictObject(pageInput))
        .query(({ ctx, input }) => groups.list(ctx.caller, input)),
      get: procedure("workspace.read")
        .input(z.strictObject({ groupId: idInput }))
        .query(({ ctx, input }) => groups.get(ctx.caller, input.groupId)),
      members: procedure("workspace.read")
        .input(z.strictObject({ ...pageInput, groupId: idInput }))
        .query(({ ctx, input }) => groups.listMembers(ctx.caller, input)),
      create: procedure("server.manage")
        .input(z.strictObject({ name: nameInput, description: textInput.optional() }))
        .mutation(({ ctx, input }) => groups.create(ctx.caller, input)),
      update: procedure("server.manage")
        .input(
          z.strictObject({
            groupId: idInput,
            name: nameInput.optional(),
            description: textInput.optional(),
          }),
        )
        .mutation(({ ctx, input }) => groups.update(ctx.caller, input)),
      delete: procedure("server.manage")
        .input(z.strictObject({ groupId: idInput }))
        .mutation(({ ctx, input }) => groups.delete(ctx.caller, input.groupId)),
      addMember: procedure("server.manage")
        .input(z.strictObject({ groupId: idInput, member: groupMemberInput }))
        .mutation(({ ctx, input }) => groups.addMember(ctx.caller, input.groupId, input.member)),
      removeMember: procedure("server.manage")
        .input(z.strictObject({ groupId: idInput, member: groupMemberInput }))
        .mutation(({ ctx, input }) => groups.removeMember(ctx.caller, input.groupId, input.member)),
    }),
    serviceAccounts: router({
      list: procedure("workspace.read")
        .input(z.strictObject(pageInput))
        .query(({ ctx, input }) => serviceAccounts.list(ctx.caller, input)),
      create: procedure("server.manage")
        .input(z.strictObject({ name: nameInput, description: textInput.optional() }))
        .mutation(({ ctx, input }) => serviceAccounts.create(ctx.caller, input)),
      update: procedure("server.manage")
        .input(
          z.strictObject({
            accountId: idInput,
            description: textInput.optional(),
            isDisabled: z.boolean().optional(),
          }),
        )
        .mutation(({ ctx, input }) => serviceAccounts.update(ctx.caller, input)),
      delete: procedure("server.manage")
        .input(z.strictObject({ accountId: idInput }))
        .mutation(({ ctx, input }) => serviceAccounts.delete(ctx.caller, input.accountId)),
    }),
    /** These ask about the object: who manages one experiment may give grants on it. */
    grants: router({
      list: procedure("account")
        .input(
          z.strictObject({ ...pageInput, holder: holderInput.optional(), target: targetInput.optional() }),
        )
        .query(({ ctx, input }) => grants.list(ctx.caller, input)),
      create: procedure("account")
        .input(
          z.strictObject({
            ...grantInput,
            target: targetInput,
            holder: z.union([holderInput, z.strictObject({ kind: z.literal("everyone") })]),
          }),
        )
        .mutation(({ ctx, input }) => grants.create(ctx.caller, input)),
      update: procedure("account")
        .input(z.strictObject({ ...grantInput, grantId: idInput }))
        .mutation(({ ctx, input }) => grants.update(ctx.caller, input)),
      delete: procedure("account")
        .input(z.strictObject({ grantId: idInput }))
        .mutation(({ ctx, input }) => grants.delete(ctx.caller, input.grantId)),
    }),
    explain: procedure("account")
      .input(
        z.strictObject({
          principal: groupMemberInput,
          permission: z.enum(permissionNames as [Permission, ...Permission[]]),
          object: objectInput.optional(),
        }),
      )
      .query(({ ctx, input: { object, ...question } }) =>
        access.explain(ctx.caller, {
          ...question,
          // The directory looks the name up; what somebody says that it is decides nothing.
          object: object?.kind === "experiment" ? { ...object, name: "" } : object,
        }),
      ),
  });
}
