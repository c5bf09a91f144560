import { type Permission, permissionNames, type TokenScope } from "@runweir/identity-domain";
import type { createTestDatabase } from "@runweir/postgres/testing";
import type { MatrixObjects } from "./matrix-row.ts";
import type { startSecuredApi } from "./start-secured-api.ts";

type Database = Awaited<ReturnType<typeof createTestDatabase>>;
type Secured = Awaited<ReturnType<typeof startSecuredApi>>;
type Headers = Readonly<Record<string, string>>;

const everybody: readonly Permission[] = ["public", "account"];
const reads: readonly Permission[] = ["experiment.read", "artifact.read", "model.read"];
const viewer: readonly Permission[] = [
  ...everybody,
  ...reads,
  "workspace.read",
  "query.save",
  "model.review",
];
const member: readonly Permission[] = [...viewer, "experiment.create", "model.create"];
const logs: readonly Permission[] = ["experiment.log", "points.write", "artifact.write"];
const editor: readonly Permission[] = [...member, ...logs, "experiment.edit", "model.edit", "alias.move"];
const admin: readonly Permission[] = [
  ...editor,
  "experiment.manage",
  "artifact.delete",
  "model.staging",
  "model.production",
  "model.manage",
  "workspace.manage",
];
const ofExperiments = admin.filter(
  (one) => /^(experiment|artifact|points)\./.test(one) && one !== "experiment.create",
);

export interface Person {
  readonly name: string;
  readonly headers: Headers;
  /** What they may do to the objects of the rows. */
  readonly may: readonly Permission[];
  /** Where no object is named; the same unless they may do more to others. */
  readonly mayAny?: readonly Permission[];
}

/** One of each kind of caller. */
export async function makePeople(
  database: Database,
  { makeUser, makeToken }: Secured,
  of: MatrixObjects,
): Promise<readonly Person[]> {
  const owner = await makeUser("token-owner", { role: "admin" });
  const root = await makeUser("root", { administrator: true });
  const denied = await makeUser("denied", { role: "editor" });
  await grant(database, denied.id, "deny", "read", { experimentId: of.experimentId });
  await grant(database, denied.id, "deny", "read", { model: of.model });
  const granted = await makeUser("granted", { role: "guest" });
  await grant(database, granted.id, "allow", "read", { experimentId: of.experimentId });
  const token = async (scope: TokenScope) => (await makeToken(owner, scope)).bearer;
  const ofOneWorkspace = await makeToken(root, { access: "all" }, { workspace: "default" });
  const byRole = async (
    role: "guest" | "viewer" | "member" | "editor" | "admin",
    may: readonly Permission[],
  ) => ({
    name: role,
    headers: (await makeUser(`a-${role}`, { role })).basic,
    may,
  });
  const readsExperiments: readonly Permission[] = [...everybody, "experiment.read", "artifact.read"];
  return [
    { name: "nobody", headers: {}, may: ["public"] },
    { name: "outsider", headers: (await makeUser("outsider")).basic, may: everybody },
    await byRole("guest", everybody),
    { name: "guest with a grant to read", headers: granted.basic, may: readsExperiments },
    await byRole("viewer", viewer),
    // Who makes an experiment or a model may write to that one.
    {
      ...(await byRole("member", member)),
      mayAny: [...member, "artifact.write", "model.edit", "alias.move"],
    },
    {
      name: "token for reading",
      headers: await token({ access: "read" }),
      may: [...everybody, ...reads, "workspace.read"],
    },
    { name: "token for logging", headers: await token({ access: "ingest" }), may: [...everybody, ...logs] },
    {
      name: "token for another experiment",
      headers: await token({ access: "all", experimentIds: ["0"] }),
      may: everybody,
      mayAny: [...everybody, ...ofExperiments],
    },
    {
      name: "denied",
      headers: denied.basic,
      may: [...everybody, "workspace.read", "query.save"],
      mayAny: editor,
    },
    {
      name: "administrator elsewhere",
      headers: (await makeUser("elsewhere", { role: "admin", workspace: "other" })).basic,
      may: everybody,
    },
    await byRole("editor", editor),
    {
      name: "token for the experiment",
      headers: await token({ access: "all", experimentIds: [of.experimentId] }),
      may: [...everybody, ...ofExperiments],
    },
    await byRole("admin", admin),
    {
      name: "an administrator's token for one workspace",
      headers: ofOneWorkspace.bearer,
      may: permissionNames.filter((one) => !one.startsWith("server.")),
    },
    { name: "administrator", headers: root.basic, may: permissionNames },
  ];
}

function grant(
  database: Database,
  userId: string,
  effect: string,
  level: string,
  on: { experimentId?: string; model?: string },
) {
  return database.query(
    `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, experiment_id, pattern, holder_kind,
       holder_id, created_by, creation_time)
     VALUES (gen_random_uuid()::text, 'default', $1, $2, $3, $4, $5, 'user', $6, 'test', 0)`,
    [
      effect,
      level,
      on.model === undefined ? "experiment" : "model",
      on.experimentId ?? null,
      on.model ?? null,
      userId,
    ],
  );
}
