import { withinTransaction } from "@runweir/postgres";
import type { Change, RegistryStore, TargetMove } from "@runweir/registry-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenPlaces, stageRows, targetRows } from "../../testing/history-rows.ts";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";
import { createRegistryStore } from "./registry-store.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let store: RegistryStore;

beforeAll(async () => {
  service = await createRegistryTestService();
  store = createRegistryStore({ database: service.database });
});
afterAll(() => service.drop());

const change: Change = {
  actor: { id: "u-ann", name: "ann" },
  now: 1_790_000_000_000,
  reason: "better by a hair",
  requestId: "r-1",
};
let models = 0;

async function newModel(versions: number): Promise<string> {
  models += 1;
  const { name } = await service.registry.createModel(service.caller, { name: `moved ${models}` });
  for (let i = 0; i < versions; i += 1)
    await service.registry.createVersion(service.caller, {
      name,
      source: "mlflow-artifacts:/0/r/artifacts/m",
    });
  return name;
}

const champion = (model: string, from?: number, to?: number): TargetMove => ({
  model,
  target: { kind: "alias", alias: "champion" },
  from,
  to,
});
const production = (model: string, from?: number, to?: number): TargetMove => ({
  model,
  target: { kind: "stage", stage: "Production" },
  from,
  to,
});
const move = (...moves: readonly TargetMove[]) => store.moveTargets("default", moves, change);

describe("moves of targets", () => {
  it("are made together, and say who, when, why and by which request", async () => {
    const [one, other] = [await newModel(3), await newModel(2)];
    expect(
      await move(champion(one, undefined, 1), production(one, undefined, 1), champion(other, undefined, 2)),
    ).toEqual({
      outcome: "moved",
    });
    expect(await move(champion(one, 1, 3), production(one, 1, 3), champion(other, 2))).toEqual({
      outcome: "moved",
    });
    const said = { actor_name: "ann", reason: "better by a hair", request_id: "r-1" };
    const first = change.now;
    expect(await targetRows(service.database, one, "alias", "champion")).toEqual([
      { valid_from: first, valid_to: first + 1, value: 1, previous: null, ...said },
      { valid_from: first + 1, valid_to: null, value: 3, previous: 1, ...said },
    ]);
    expect((await targetRows(service.database, one, "stage", "Production")).map((row) => row.value)).toEqual([
      1, 3,
    ]);
    expect((await stageRows(service.database, one, 1)).map((row) => row.value)).toEqual([
      "Production",
      "Archived",
    ]);
    expect((await targetRows(service.database, other, "alias", "champion")).map((row) => row.value)).toEqual([
      2,
      null,
    ]);
    expect(await store.findVersionByAlias("default", other, "champion")).toBeUndefined();
  });

  it("are none when one target is not where it is said to be, and tell where it is", async () => {
    const [one, other] = [await newModel(2), await newModel(2)];
    await move(champion(one, undefined, 1));
    const stale = champion(one, 2, 1);
    const surprised = production(other, 1, 2);
    expect(await move(champion(other, undefined, 1), stale, surprised)).toEqual({
      outcome: "conflict",
      found: [
        { move: stale, version: 1 },
        { move: surprised, version: undefined },
      ],
    });
    expect(await store.findVersionByAlias("default", other, "champion")).toBeUndefined();
    expect(await move(champion(other, undefined, 9))).toEqual({
      outcome: "absent",
      model: other,
      version: 9,
    });
    expect(await move(champion("nowhere", undefined, 9))).toEqual({ outcome: "absent", model: "nowhere" });
    await expect(move(champion(one, 1, 2), champion(one, 1, 1))).rejects.toThrow(
      `Parameter 'moves' names alias 'champion' of model '${one}' twice`,
    );
  });

  it("leave a stage with one version alone", async () => {
    const name = await newModel(3);
    for (const version of ["1", "2", "3"])
      await service.registry.transitionStage(service.caller, {
        name,
        version,
        stage: "Production",
        archiveExistingVersions: false,
      });
    expect(await move({ ...production(name, 3, 1), retireTo: "Staging" })).toEqual({ outcome: "moved" });
    const stages = await Promise.all(
      [1, 2, 3].map(async (version) => (await store.findVersion("default", name, version))?.version.stage),
    );
    expect(stages).toEqual(["Production", "Staging", "Staging"]);
    expect((await targetRows(service.database, name, "stage", "Production")).map((row) => row.value)).toEqual(
      [1, 2, 3, 1],
    );
  });

  it("belong to the transaction that they are made in", async () => {
    const name = await newModel(2);
    const work = service.database.transaction(async (client) => {
      const within = createRegistryStore({ database: withinTransaction(client) });
      expect(await within.moveTargets("default", [champion(name, undefined, 2)], change)).toEqual({
        outcome: "moved",
      });
      throw new Error("thought better of it");
    });
    await expect(work).rejects.toThrow("thought better of it");
    expect(await store.findVersionByAlias("default", name, "champion")).toBeUndefined();
    expect(await targetRows(service.database, name, "alias", "champion")).toEqual([]);
  });

  it("have one winner per base when fifty ask at once, and a history without gaps and overlaps", async () => {
    const clients = 50;
    const name = await newModel(clients);
    await move(champion(name, undefined, 1));
    let base = 1;
    for (let round = 0; round < 5; round += 1) {
      const from = base;
      const wanted = Array.from({ length: clients }, (_, index) => index + 1).filter((to) => to !== from);
      const outcomes = await Promise.all(
        wanted.map(async (to) => ({ to, ...(await move(champion(name, from, to))) })),
      );
      const winners = outcomes.filter(({ outcome }) => outcome === "moved");
      expect(winners).toHaveLength(1);
      base = winners[0]?.to ?? 0;
      for (const loser of outcomes.filter(({ outcome }) => outcome === "conflict"))
        expect(loser).toMatchObject({ found: [{ version: base }] });
    }
    // Those who say nothing of a base all have their turn, with moves that say one in between.
    await Promise.all(
      Array.from({ length: clients }, (_, index) =>
        index % 2 === 0
          ? service.registry.setAlias(service.caller, name, "champion", String(index + 1))
          : move(champion(name, base, index + 1)),
      ),
    );
    const rows = await targetRows(service.database, name, "alias", "champion");
    expect(rows.length).toBeGreaterThan(6 + clients / 2 - 2);
    expect(brokenPlaces(rows)).toEqual([]);
    expect(rows.at(-1)?.value).toBe((await store.findVersionByAlias("default", name, "champion"))?.version);
  });
});

describe("the database", () => {
  it("refuses a history that has a gap, an overlap or no end", async () => {
    const name = await newModel(2);
    await move(champion(name, undefined, 1));
    await move(champion(name, 1, 2));
    const [begin] = await targetRows(service.database, name, "alias", "champion");
    const change = (what: string) =>
      service.database.query(
        `UPDATE registry.target_history SET ${what} WHERE model_no = (SELECT model_no FROM registry.model WHERE name = $1)
         AND valid_from = $2`,
        [name, begin?.valid_from],
      );
    await expect(change("valid_to = valid_to + 1")).rejects.toThrow("target_history_goes_on");
    await expect(change("valid_to = NULL")).rejects.toThrow("target_history");
    await expect(change("valid_to = valid_from")).rejects.toThrow("check");
    await expect(
      service.database.query(
        `UPDATE registry.target_history SET valid_to = valid_from + 9 WHERE valid_to IS NULL
         AND model_no = (SELECT model_no FROM registry.model WHERE name = $1)`,
        [name],
      ),
    ).rejects.toThrow("target_history_goes_on");
    await expect(
      service.database.query(
        `INSERT INTO registry.target_history (model_no, kind, target, valid_from, valid_to, version, change_no)
         SELECT model_no, kind, target, valid_from - 5, valid_to, version, change_no FROM registry.target_history
         WHERE model_no = (SELECT model_no FROM registry.model WHERE name = $1) AND valid_from = $2`,
        [name, begin?.valid_from],
      ),
    ).rejects.toThrow("duplicate key");
  });
});
