import { DomainError } from "@runweir/errors";
import { startTestServer } from "@runweir/http/testing";
import type { Snapshots } from "@runweir/snapshot-domain";
import { expect, it } from "vitest";
import { snapshotRoutes } from "./snapshot-routes.ts";

const createdAt = new Date("2026-03-01T12:00:00Z");
const asOf = new Date("2026-03-01T12:05:00Z");
const head = { number: 7, createdAt, asOf };

function startDoor(snapshots: Partial<Snapshots>) {
  return startTestServer({
    routes: (server) => server.register(snapshotRoutes({ snapshots: snapshots as Snapshots })),
  });
}

it("lists what there is, what is current and what is being written", async () => {
  await using door = await startDoor({
    list: async () => ({
      current: head,
      ageSeconds: 1.5,
      building: { startedAt: asOf, step: "metric_points", points: { done: 1, of: 2 } },
      snapshots: [head],
    }),
  });
  expect(await (await fetch(`${door.url}/api/snapshots`)).json()).toEqual({
    current: {
      number: 7,
      created_at: "2026-03-01T12:00:00.000Z",
      as_of: "2026-03-01T12:05:00.000Z",
      age_seconds: 1.5,
    },
    building: {
      started_at: "2026-03-01T12:05:00.000Z",
      step: "metric_points",
      points: { done: 1, of: 2 },
    },
    snapshots: [{ number: 7, created_at: "2026-03-01T12:00:00.000Z", as_of: "2026-03-01T12:05:00.000Z" }],
  });
});

it("says that there is none yet", async () => {
  await using door = await startDoor({
    list: async () => ({ current: undefined, ageSeconds: undefined, building: undefined, snapshots: [] }),
  });
  const answer = await fetch(`${door.url}/api/snapshots`);
  expect(await answer.json()).toEqual({ current: null, building: null, snapshots: [] });
});

it("makes one for the caller's workspace", async () => {
  const asked: string[] = [];
  await using door = await startDoor({
    async make({ workspace }) {
      asked.push(workspace);
      return { number: 8, published: true, files: 3, rowsWritten: 10, bytesWritten: 100 };
    },
  });
  const answer = await fetch(`${door.url}/api/snapshots`, { method: "POST" });
  expect(await answer.json()).toEqual({
    number: 8,
    published: true,
    files: 3,
    rows_written: 10,
    bytes_written: 100,
  });
  expect(asked).toEqual(["default"]);
});

it("describes one, and tells a wrong number from one that is not there", async () => {
  const file = { path: "data/runs/a.parquet", rows: 1, bytes: 2, sha256: "c" };
  await using door = await startDoor({
    async describe(_caller, number) {
      if (number !== 7) throw new DomainError("not_found", `There is no snapshot ${number}.`);
      return {
        ...head,
        schemaVersion: 1,
        tables: [{ name: "runs", rows: 1, bytes: 2, files: [file] }],
        hiddenRuns: [4],
      };
    },
  });
  const found = await fetch(`${door.url}/api/snapshots/7`);
  expect(await found.json()).toMatchObject({
    number: 7,
    schema_version: 1,
    tables: [{ name: "runs", rows: 1, files: [file] }],
    hidden_runs: [4],
  });
  expect((await fetch(`${door.url}/api/snapshots/6`)).status).toBe(404);
  for (const wrong of ["0", "-1", "1.5", "latest"]) {
    const answer = await fetch(`${door.url}/api/snapshots/${wrong}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { field: "number" }]);
  }
});
