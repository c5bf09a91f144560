import {
  type AuditReading,
  type Caller,
  createAuditReading,
  localOwner,
  noRights,
  type WorkspaceRole,
} from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillAudit } from "../../testing/index.ts";
import { identityMigrations } from "../migrations-folder.ts";
import { createAuditLog } from "./audit-log.ts";
import { createAuditStore } from "./audit-store.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let audit: AuditReading;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
  audit = createAuditReading({ store: createAuditStore({ database }), log: createAuditLog({ database }) });
  await fillAudit(database, 500);
});
afterAll(() => database.drop());

const owner = localOwner("r");
const as = (role: WorkspaceRole | undefined): Caller => ({
  principal: { kind: "user", id: "u", name: "ann" },
  workspace: "vision",
  rights: { ...noRights, role },
  requestId: "r",
});

async function exportedBy(caller: Caller): Promise<readonly (string | null)[]> {
  const workspaces = new Set<string | null>();
  for await (const page of await audit.export(caller, {}))
    for (const entry of page) workspaces.add(entry.workspace);
  return [...workspaces].sort();
}

test("administrators of the server read everything, those of a workspace what happened there", async () => {
  expect(audit.readsAll(owner)).toBe(true);
  const all = await audit.search(owner, {}, { limit: 500 });
  expect(new Set(all.map(({ workspace }) => workspace))).toEqual(new Set(["default", "vision", null]));
  const admin = as("admin");
  expect(audit.readsAll(admin)).toBe(false);
  const own = await audit.search(admin, {}, { limit: 500 });
  expect(new Set(own.map(({ workspace }) => workspace))).toEqual(new Set(["vision"]));
  const people = await audit.listPeople(admin);
  expect(new Set(people.map(({ id }) => id))).toEqual(new Set(own.map(({ actor }) => actor.id)));
  expect(people.length).toBeLessThan(37);
  expect(await exportedBy(admin)).toEqual(["vision"]);
  expect(await exportedBy(owner)).toEqual(["default", null, "vision"].sort());
  expect((await audit.verify(owner, { entriesMax: 1_000 })).fault).toBeUndefined();
  await expect(audit.verify(admin, { entriesMax: 1_000 })).rejects.toMatchObject({
    code: "permission_denied",
  });
});

test.each([undefined, "guest", "viewer", "member", "editor"] as const)(
  "%s of a workspace reads nothing",
  async (role) => {
    const refused = { code: "permission_denied" };
    const caller = as(role);
    await expect(audit.search(caller, {}, { limit: 1 })).rejects.toMatchObject(refused);
    await expect(audit.listPeople(caller)).rejects.toMatchObject(refused);
    await expect(audit.export(caller, {})).rejects.toMatchObject(refused);
    await expect(audit.verify(caller, { entriesMax: 1 })).rejects.toMatchObject(refused);
    expect(() => audit.readsAll(caller)).toThrow("Permission denied");
  },
);
