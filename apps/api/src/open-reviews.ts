import { DomainError } from "@runweir/errors";
import type { DirectoryStore } from "@runweir/identity-domain";
import { appendAudit } from "@runweir/identity-postgres";
import { recordEvent } from "@runweir/outbox";
import { type Database, withinTransaction } from "@runweir/postgres";
import { type RegistryStore, requireMovableTarget } from "@runweir/registry-domain";
import { createRegistryStore } from "@runweir/registry-postgres";
import {
  createReviews,
  createTargetGate,
  type FactsReader,
  guardReviews,
  nameTarget,
  type People,
  type ReviewGate,
  type Reviews,
  type ReviewTransactions,
  type TargetReader,
} from "@runweir/review-domain";
import { createRequestOwners, createReviewStore } from "@runweir/review-postgres";

export interface ReviewParts {
  readonly database: Database;
  readonly directoryStore: DirectoryStore;
  readonly registryStore: Pick<RegistryStore, "findModel" | "readStages">;
  readonly facts: FactsReader;
  readonly clock: { now(): number };
  readonly publicUrl: string | undefined;
  newId(): string;
  newToken(): string;
}

/** Reviews over one database with the registry: a request and the move it asks for commit together. */
export function openReviews(parts: ReviewParts): { readonly reviews: Reviews; readonly gate: ReviewGate } {
  const { database, directoryStore, registryStore, facts, clock, newId, newToken, publicUrl } = parts;
  const store = createReviewStore({ database });
  const transactions = createTransactions(database);
  const targets = createTargetReader(registryStore);
  const people = createPeople(directoryStore);
  const dependencies = { store, transactions, targets, facts, people, clock, newId, newToken };
  const reviews = createReviews(dependencies);
  const linkTo = (path: string) => (publicUrl === undefined ? path : new URL(path, publicUrl).href);
  return {
    reviews: guardReviews(reviews, createRequestOwners({ database })),
    gate: createTargetGate(dependencies, { reviews, linkTo }),
  };
}

function createTransactions(database: Database): ReviewTransactions {
  return {
    run: (work) =>
      database.transaction(async (client) => {
        const statements = withinTransaction(client);
        const entries: Parameters<typeof appendAudit>[] = [];
        const result = await work({
          reviews: createReviewStore({ database: statements }),
          registry: createRegistryStore({ database: statements }),
          audit: (caller, event) => entries.push([client, caller, event]),
          announce: ({ actor, ...event }) =>
            recordEvent(client, { ...event, actor: { id: actor.id, name: actor.name } }),
        });
        // From the first of them to the commit nobody else can append.
        for (const entry of entries) await appendAudit(...entry);
        return result;
      }),
  };
}

function createTargetReader(store: Pick<RegistryStore, "findModel" | "readStages">): TargetReader {
  return {
    async find(workspace, name, targets) {
      const wanted = await Promise.all(
        targets.map((target) => requireMovableTarget(store, { workspace, model: name }, target)),
      );
      const model = await store.findModel(workspace, name);
      if (!model)
        throw new DomainError("not_found", `Registered Model with name=${name} not found`, {
          field: "model",
        });
      return wanted.map((target) => ({
        target,
        version:
          target.kind === "alias"
            ? model.aliases.find(({ alias }) => alias === target.alias)?.version
            : model.latestVersions.find(({ stage }) => stage === nameTarget(target))?.version,
      }));
    },
  };
}

export function createPeople({ holders }: DirectoryStore): People {
  const kinds = ["user", "service-account", "group"] as const;
  return {
    async groupsOf({ kind, id }) {
      if (kind !== "user" && kind !== "service-account") return [];
      return (await holders.groupsOf({ kind, id })).map((group) => ({ id: group.id, name: group.name }));
    },
    async find(names) {
      const found = await Promise.all(names.map((name) => holders.list({ kinds, search: name, limit: 100 })));
      return found.flatMap(({ items }, index) =>
        items
          .filter(({ name, isDisabled }) => name === names[index] && !isDisabled)
          .slice(0, 1)
          .map(({ kind, id, name }) => ({ kind, id, name })),
      );
    },
  };
}
