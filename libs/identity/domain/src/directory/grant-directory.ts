import { DomainError } from "@runweir/errors";
import { decide } from "../access/decide.ts";
import { requirePermission } from "../access/require-permission.ts";
import type { GrantHolder, GrantTarget } from "../access/rights.ts";
import type { Caller } from "../caller.ts";
import { checkGrantPattern } from "./check-text.ts";
import type { DirectoryParts } from "./directory.ts";
import type { GrantDraft, Page, PageRequest, StoredGrant } from "./directory-records.ts";
import type { GrantFilter } from "./directory-store.ts";
import { findHolder } from "./find-holder.ts";
import { isOneself } from "./is-oneself.ts";
import { describeTarget, requireGiving } from "./require-giving.ts";
import { asHolder } from "./workspace-directory.ts";

/** What is allowed and denied in the caller's workspace, besides what roles say. */
export interface GrantDirectory {
  /** The newest first: all for who manages the workspace; for others those on what they manage, their own and their groups'. */
  list(caller: Caller, request: PageRequest & GrantFilter): Promise<Page<ListedGrant>>;
  create(caller: Caller, draft: GrantDraft): Promise<StoredGrant>;
  update(
    caller: Caller,
    changes: { readonly grantId: string } & Pick<GrantDraft, "effect" | "level">,
  ): Promise<StoredGrant>;
  delete(caller: Caller, grantId: string): Promise<void>;
  /**
   * Who has made an experiment or a model manages it. Of a model whose name has a `*` nobody gets that: the name would be a
   * pattern. Asked by the guards, which have asked whether it may be made.
   */
  grantToMaker(caller: Caller, target: GrantTarget): Promise<void>;
  /** When an object is deleted for good: who makes one of the same name must not find grants of before. */
  forget(workspace: string, target: GrantTarget): Promise<void>;
  /** A model's own grants go by its name. */
  followRename(workspace: string, model: string, newName: string): Promise<void>;
}

/** With the experiment's name, for people; undefined where it is gone. */
export type ListedGrant = StoredGrant & { readonly experimentName?: string | undefined };

export function createGrantDirectory({
  store: { grants, holders },
  rights,
  experimentNames,
  clock,
  newId,
}: DirectoryParts): GrantDirectory {
  /** Names for the ids among these. */
  async function namesOf(workspace: string, targets: readonly GrantTarget[]) {
    const ids = targets.flatMap((target) => ("experimentId" in target ? [target.experimentId] : []));
    const names =
      ids.length === 0 ? new Map<string, string>() : await experimentNames(workspace, [...new Set(ids)]);
    return (id: string) => names.get(id);
  }

  async function requireTo(caller: Caller, target: GrantTarget, level: StoredGrant["level"]): Promise<void> {
    const denied = caller.rights.grants.map((grant) => grant.target);
    requireGiving(caller, target, level, await namesOf(caller.workspace, [target, ...denied]));
  }

  /** Who denies something to others must not shut themselves out, and only admins shut out admins. */
  async function requireDenying(caller: Caller, holder: GrantHolder): Promise<void> {
    if (caller.rights.administrator) return;
    const self = asHolder(caller);
    const own = self === undefined ? [] : [self, ...(await holders.groupsOf(self))];
    if (holder.kind === "everyone" || own.some(({ kind, id }) => kind === holder.kind && id === holder.id))
      throw new DomainError(
        "failed_precondition",
        `That would deny it to ${caller.principal.name} too, who could not take it back. Deny it to others, or let an administrator of the server do it.`,
        { field: "holder" },
      );
    if (decide(caller, "workspace.manage").allowed) return;
    const isAdmin =
      holder.kind !== "group" &&
      (await rights.read({ kind: holder.kind, id: holder.id }, caller.workspace))?.role === "admin";
    if (holder.kind === "group" || isAdmin)
      throw new DomainError(
        "permission_denied",
        "Permission denied: to deny something to a group, or to an admin of the workspace, takes an admin of the workspace.",
        { field: "holder" },
      );
  }

  async function find(caller: Caller, grantId: string): Promise<StoredGrant> {
    const grant = await grants.find(caller.workspace, grantId);
    if (grant !== undefined) return grant;
    throw new DomainError("not_found", `There is no grant '${grantId}'.`, { field: "grantId" });
  }

  return {
    async list(caller, request) {
      requirePermission(caller, "account");
      const { holder, target } = request;
      if (!decide(caller, "workspace.manage").allowed) {
        if (target !== undefined) await requireTo(caller, target, "manage");
        else if (holder === undefined || !(await isOneself(holders, caller, holder)))
          requirePermission(caller, "workspace.manage");
      }
      const page = await grants.list(caller.workspace, request);
      const nameOf = await namesOf(
        caller.workspace,
        page.items.map((grant) => grant.target),
      );
      return {
        ...page,
        items: page.items.map((grant) => ({
          ...grant,
          experimentName: "experimentId" in grant.target ? nameOf(grant.target.experimentId) : undefined,
        })),
      };
    },

    async create(caller, { effect, level, target, holder: given }) {
      if ("pattern" in target) checkGrantPattern("target.pattern", target.pattern);
      await requireTo(caller, target, effect === "allow" ? level : "manage");
      if ("experimentId" in target) {
        const { experimentId } = target;
        if ((await namesOf(caller.workspace, [target]))(experimentId) === undefined)
          throw new DomainError("not_found", `There is no experiment ${experimentId}.`, {
            field: "target.experimentId",
          });
      }
      const holder = given.kind === "everyone" ? given : await findHolder(holders, given);
      if (effect === "deny") await requireDenying(caller, holder);
      const grant: StoredGrant = {
        grantId: newId(),
        workspace: caller.workspace,
        effect,
        level,
        target,
        holder,
        isOwn: false,
        createdBy: caller.principal.name,
        creationTime: clock.now(),
      };
      await grants.insert(grant, {
        caller,
        event: { action: "grant.create", object: objectOf(grant), after: detailsOf(grant) },
      });
      return grant;
    },

    async update(caller, { grantId, effect, level }) {
      const before = await find(caller, grantId);
      // What is taken away with the old one and what is given by the new one.
      await requireTo(caller, before.target, "manage");
      if (effect === "deny") await requireDenying(caller, before.holder);
      const grant = { ...before, effect, level };
      await grants.replace(grant, {
        caller,
        event: {
          action: "grant.update",
          object: objectOf(grant),
          before: detailsOf(before),
          after: detailsOf(grant),
        },
      });
      return grant;
    },

    async delete(caller, grantId) {
      const grant = await find(caller, grantId);
      await requireTo(caller, grant.target, "manage");
      await grants.remove(grant, {
        caller,
        event: { action: "grant.delete", object: objectOf(grant), before: detailsOf(grant) },
      });
    },

    async grantToMaker(caller, target) {
      const maker = asHolder(caller);
      if (maker === undefined || ("pattern" in target && target.pattern.includes("*"))) return;
      // Whoever made one of that name before has nothing to do with this one.
      if ("pattern" in target) await grants.removeOf(caller.workspace, target);
      await grants.insertOwn({
        grantId: newId(),
        workspace: caller.workspace,
        effect: "allow",
        level: "manage",
        target,
        holder: { ...maker, name: caller.principal.name },
        isOwn: true,
        createdBy: caller.principal.name,
        creationTime: clock.now(),
      });
    },

    forget: (workspace, target) => grants.removeOf(workspace, target),
    followRename: (workspace, model, newName) => grants.renameOwn(workspace, model, newName),
  };
}

function objectOf({ grantId, effect, level, target }: StoredGrant) {
  return { id: grantId, name: `${effect} ${level} on ${describeTarget(target)}` };
}

function detailsOf({ effect, level, target, holder }: StoredGrant) {
  return { effect, level, target, holder };
}
