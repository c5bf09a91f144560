import { DomainError } from "@runweir/errors";
import type { DirectoryStore } from "@runweir/identity-domain";
import { appendAudit } from "@runweir/identity-postgres";
import { recordEvent } from "@runweir/outbox";
import { type Database, openDatabase, withinTransaction } from "@runweir/postgres";
import { type RegistryStore, requireMovableTarget } from "@runweir/registry-domain";
import { createRegistryStore } from "@runweir/registry-postgres";
import {
  createRefusals,
  createReviews,
  createTargetGate,
  enterRefusals,
  type FactsReader,
  guardReviews,
  nameTarget,
  type People,
  type ReviewFeed,
  type ReviewGate,
  type ReviewSight,
  type Reviews,
  type ReviewTransactions,
  type TargetReader,
  watchReviews,
} from "@runweir/review-domain";
import { createRequestOwners, createReviewFeed, createReviewStore } from "@runweir/review-postgres";
import type { Metrics } from "@runweir/telemetry";

export interface ReviewParts {
  readonly databaseUrl: string;
  readonly metrics: Pick<Metrics, "trackPool">;
  readonly directoryStore: DirectoryStore;
  readonly facts: FactsReader;
  readonly clock: { now(): number };
  readonly publicUrl: string | undefined;
  newId(): string;
  newToken(): string;
  warn(message: string, error: unknown): void;
}

export interface OpenReviews {
  readonly reviews: Reviews;
  readonly gate: ReviewGate;
  /** What open pages hear of, and who may. */
  readonly feed: ReviewFeed;
  readonly sight: ReviewSight;
  close(): Promise<void>;
}

/** Reviews over one database with the registry: a request and the move it asks for commit together. */
export function openReviews(parts: ReviewParts): OpenReviews {
  const { databaseUrl, metrics, directoryStore, facts, clock, newId, newToken, publicUrl, warn } = parts;
  // Connections of their own: who moves an alias holds one already when the gate is asked what protects it, and out of one pool
  // as many movers as there are connections would wait for each other.
  const database = openDatabase({
    url: databaseUrl,
    applicationName: "runweir-api-reviews",
    connectionsMax: 8,
    answerMs: 15_000,
  });
  metrics.trackPool("reviews", database.pool);
  const store = createReviewStore({ database });
  const transactions = createTransactions(database);
  const targets = createTargetReader(createRegistryStore({ database }), clock);
  const people = createPeople(directoryStore);
  const dependencies = { store, transactions, targets, facts, people, clock, newId, newToken };
  const reviews = createReviews(dependencies);
  const refuse = createRefusals(dependencies);
  const linkTo = (path: string) => (publicUrl === undefined ? path : new URL(path, publicUrl).href);
  const owners = createRequestOwners({ database });
  const feed = createReviewFeed({
    database,
    onError: (error) => warn("What follows reviews broke; it connects again.", error),
  });
  return {
    reviews: enterRefusals(guardReviews(reviews, owners), { store, refuse }),
    gate: createTargetGate(dependencies, { reviews, refuse, linkTo }),
    feed,
    sight: watchReviews(owners),
    async close() {
      await feed.close();
      await database.close();
    },
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

function createTargetReader(
  store: Pick<RegistryStore, "findModel" | "readStages" | "findTargetAt">,
  clock: { now(): number },
): TargetReader {
  return {
    findSince: async (workspace, name, target) =>
      (await store.findTargetAt(workspace, name, target, clock.now()))?.validFrom,
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
