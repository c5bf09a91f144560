import { DomainError } from "@runweir/errors";
import {
  type Caller,
  decide,
  goesByName,
  isAlikeForAll,
  type Permission,
  RecentValues,
  type Rights,
  requirePermission,
  requireRename,
} from "@runweir/identity-domain";
import { experimentNotFound, modelNotFound, runNotFound } from "../service/find-or-refuse.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import type { OwnershipStore } from "./ownership-store.ts";

/** Something that is an experiment or lies in one. Runs that may be absent are not asked about when they are. */
export type TrackedObject =
  | { readonly kind: "experiment"; readonly id: string }
  | { readonly kind: "experiment-name"; readonly name: string }
  | { readonly kind: "run" | "logged-model"; readonly id: string; readonly mayBeAbsent?: true };

/** What somebody has to be allowed; without an object, in the workspace. */
export interface ExperimentNeed {
  readonly permission: Permission;
  readonly on?: TrackedObject;
  /** The name that it is to get. */
  readonly newName?: string;
}

/** Asks whether callers may, about the very objects. */
export interface ExperimentGate {
  /** Rejects with `permission_denied` unless all is allowed, and with `not_found` for what is not there. */
  require(caller: Caller, needs: readonly ExperimentNeed[]): Promise<void>;
  /** Those of these experiments that the caller may read. */
  readableAmong(caller: Caller, experimentIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Runs and logged models whose experiments are known without a question: some 100 bytes each. */
const rememberedMax = 100_000;
/** For so long the name of an experiment that was renamed may still decide. */
const nameAgeMs = 1_000;
const namesMax = 10_000;

/** Answers about one caller's rights that are kept, for as long as these are the same object. */
const answersMax = 1_000;

type Owned = Extract<TrackedObject, { readonly id: string }>;

export function createExperimentGate(options: {
  readonly store: OwnershipStore;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
}): ExperimentGate {
  const { store, clock } = options;
  // Neither runs nor logged models ever move to another experiment.
  const owners = new RecentValues<string>(rememberedMax);
  const names = new RecentValues<{ readonly name: string; readonly until: number }>(namesMax);
  /** What was allowed: only where ids decide, since names change. Whoever logs asks the same at every step. */
  const allowed = new WeakMap<Rights, Set<string>>();

  /** Keeps the owners of these at hand; returns those that were not. */
  async function learn(workspace: string, kind: "run" | "logged-model", ids: readonly string[]) {
    const found = await store.findExperimentsOf(workspace, kind, ids);
    for (const [id, experimentId] of found) owners.set(`${kind} ${workspace} ${id}`, experimentId);
    return found;
  }

  /** Whether this was allowed before, with the very same rights; about a run or a logged model whose owner is at hand. */
  function wasAllowed({ rights, workspace }: Caller, { permission, on, newName }: ExperimentNeed): boolean {
    if (newName !== undefined || (on?.kind !== "run" && on?.kind !== "logged-model")) return false;
    const answers = allowed.get(rights);
    if (answers === undefined) return false;
    const owner = owners.get(`${on.kind} ${workspace} ${on.id}`);
    return owner !== undefined && answers.has(`${permission} ${owner}`);
  }

  function keepAllowed({ rights }: Caller, permission: Permission, experimentId: string): void {
    const answers = allowed.get(rights) ?? new Set<string>();
    if (answers.size === answersMax) answers.clear();
    answers.add(`${permission} ${experimentId}`);
    allowed.set(rights, answers);
  }

  async function findOwners(workspace: string, objects: readonly Owned[]): Promise<Map<Owned, string>> {
    const found = new Map<Owned, string>();
    const unknown = new Map<"run" | "logged-model", Owned[]>();
    for (const object of objects) {
      if (object.kind === "experiment") {
        found.set(object, requireExperimentId(object.id));
        continue;
      }
      const owner = owners.get(`${object.kind} ${workspace} ${object.id}`);
      if (owner !== undefined) found.set(object, owner);
      else unknown.set(object.kind, [...(unknown.get(object.kind) ?? []), object]);
    }
    for (const [kind, asked] of unknown) {
      const learned = await learn(workspace, kind, [...new Set(asked.map(({ id }) => id))]);
      for (const object of asked) {
        const owner = learned.get(object.id);
        if (owner !== undefined) found.set(object, owner);
      }
    }
    return found;
  }

  async function findNames(workspace: string, ids: ReadonlySet<string>): Promise<Map<string, string>> {
    const now = clock.now();
    const found = new Map<string, string>();
    const unknown: string[] = [];
    for (const id of ids) {
      const held = names.get(`${workspace} ${id}`);
      if (held !== undefined && held.until > now) found.set(id, held.name);
      else unknown.push(id);
    }
    if (unknown.length === 0) return found;
    for (const [id, name] of await store.findExperimentNames(workspace, unknown)) {
      names.set(`${workspace} ${id}`, { name, until: now + nameAgeMs });
      found.set(id, name);
    }
    return found;
  }

  /** A name that nobody has is judged as if somebody had, so that none can be found out by asking. */
  async function requireByName(caller: Caller, permission: Permission, name: string): Promise<void> {
    const experimentId = (await store.findExperimentByName(caller.workspace, name))?.experimentId;
    const object = { kind: "experiment", experimentId: experimentId ?? "", name } as const;
    if (decide(caller, permission, object).allowed) return;
    requirePermission(caller, permission);
    throw new DomainError(
      "permission_denied",
      `Permission denied: ${caller.principal.name} may not read an experiment of that name.`,
      { field: "experiment_name" },
    );
  }

  return {
    async require(caller, needs) {
      if (needs.every((need) => wasAllowed(caller, need))) return;
      // Who may do the same to all is not looked anything up for; unless they may not, so that they are told about what.
      const alike = isAlikeForAll(caller, "experiment");
      const open = needs.filter(({ permission, on }) => {
        if (on === undefined) requirePermission(caller, permission);
        return on !== undefined && !(alike && decide(caller, permission, anyExperiment).allowed);
      });
      if (open.length === 0) return;

      const objects = open.flatMap(({ on }) => (on && "id" in on ? [on] : []));
      const experimentIds = await findOwners(caller.workspace, objects);
      const named = goesByName(caller)
        ? await findNames(caller.workspace, new Set(experimentIds.values()))
        : undefined;
      for (const { permission, on, newName } of open) {
        if (on === undefined) continue;
        if (!("id" in on)) {
          await requireByName(caller, permission, on.name);
          continue;
        }
        const experimentId = experimentIds.get(on);
        if (experimentId === undefined) {
          if (on.kind !== "experiment" && on.mayBeAbsent) continue;
          throw on.kind === "run" ? runNotFound(on.id) : modelNotFound(on.id);
        }
        const name = named === undefined ? "" : named.get(experimentId);
        if (name === undefined) throw experimentNotFound(experimentId);
        const experiment = { kind: "experiment", experimentId, name } as const;
        requirePermission(caller, permission, experiment);
        if (named === undefined) keepAllowed(caller, permission, experimentId);
        if (newName !== undefined) requireRename(caller, experiment, newName);
      }
    },

    async readableAmong(caller, experimentIds) {
      const ids = new Set(experimentIds);
      const named = goesByName(caller) ? await findNames(caller.workspace, ids) : undefined;
      const mayRead = (experimentId: string) => {
        const name = named === undefined ? "" : named.get(experimentId);
        if (name === undefined) return false;
        return decide(caller, "experiment.read", { kind: "experiment", experimentId, name }).allowed;
      };
      return new Set([...ids].filter(mayRead));
    },
  };
}

const anyExperiment = { kind: "experiment", experimentId: "", name: "" } as const;
