/** Levels on an experiment or a model; each holds all before it. */
export const levels = ["read", "edit", "staging", "production", "manage"] as const;

/**
 * `staging` and `production` are of models: who may move versions into these stages, and aliases that are protected. On
 * experiments they say no more than `edit`.
 */
export type Level = (typeof levels)[number];

/** What a permission asks for, and of what. */
export type Requirement =
  /** Health, version, static pages: no data of anybody. */
  | { readonly of: "nobody" }
  /** Whoever is signed in, about themselves. */
  | { readonly of: "account" }
  | {
      readonly of: "experiment" | "model";
      readonly level: Level;
      readonly logs?: true;
      /** More than reading, though the level is that of who reads. */
      readonly writes?: true;
    }
  /** To move an alias: as an edit of the model, unless the alias is protected. */
  | { readonly of: "alias" }
  /** Belonging to the workspace; making things in it; managing its members. */
  | { readonly of: "workspace"; readonly rank: "viewer" | "member" | "admin"; readonly writes?: true }
  /** Administrators of the whole server. */
  | { readonly of: "server" };

/**
 * What a route can ask for. A route that declares none of these does not start. `experiment.log` and `points.write` are what
 * a training job does (runs created, logged to, finished; files written), so that a token can be good for that alone.
 */
export const permissions = {
  public: { of: "nobody" },
  account: { of: "account" },
  "experiment.read": { of: "experiment", level: "read" },
  "experiment.log": { of: "experiment", level: "edit", logs: true },
  "experiment.edit": { of: "experiment", level: "edit" },
  "experiment.manage": { of: "experiment", level: "manage" },
  "experiment.create": { of: "workspace", rank: "member" },
  "points.write": { of: "experiment", level: "edit", logs: true },
  "artifact.read": { of: "experiment", level: "read" },
  "artifact.write": { of: "experiment", level: "edit", logs: true },
  /** Who may edit may not destroy files (CVE-2024-4263). */
  "artifact.delete": { of: "experiment", level: "manage" },
  "model.read": { of: "model", level: "read" },
  "model.edit": { of: "model", level: "edit" },
  "model.staging": { of: "model", level: "staging" },
  "model.production": { of: "model", level: "production" },
  "model.manage": { of: "model", level: "manage" },
  /** To open requests, comment on them and say what one thinks: whoever sees a model may talk about it. */
  "model.review": { of: "model", level: "read", writes: true },
  "model.create": { of: "workspace", rank: "member" },
  "alias.move": { of: "alias" },
  /** To keep what is one's own beside what one reads: saved queries and links to them. */
  "query.save": { of: "workspace", rank: "viewer", writes: true },
  "workspace.read": { of: "workspace", rank: "viewer" },
  "workspace.manage": { of: "workspace", rank: "admin" },
  "server.read": { of: "server" },
  "server.manage": { of: "server" },
} as const satisfies Record<string, Requirement>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly Permission[];

export function reaches(held: Level, asked: Level): boolean {
  return levels.indexOf(held) >= levels.indexOf(asked);
}
