import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startTestServer } from "@runweir/http/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createRun, post, startTestApi } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

const startApi = (environment: Readonly<Record<string, string>> = {}) =>
  startTestApi(database.url, environment);

describe("the doors lead to one service", () => {
  test("what a client logs is what the pages' router, the files and the metrics tell", async () => {
    const { url } = await startApi();
    const { run_id: runId } = await createRun(url);
    const log = { run_id: runId, key: "loss", value: 0.5, timestamp: 1, step: 1 };
    expect((await post(`${url}/api/2.0/mlflow/runs/log-metric`, log)).status).toBe(200);
    const put = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/a.txt`, {
      method: "PUT",
      body: "hello",
    });
    expect(put.status).toBe(200);

    const input = encodeURIComponent(JSON.stringify({ runId }));
    const page = (await (await fetch(`${url}/trpc/tracking/runs.get?input=${input}`)).json()) as {
      result: { data: { metrics: { key: string }[] } };
    };
    expect(page.result.data.metrics.map(({ key }) => key)).toEqual(["loss"]);
    expect(await (await fetch(`${url}/artifacts/runs/${runId}/a.txt`)).text()).toBe("hello");
    const list = encodeURIComponent(JSON.stringify({ owner: { kind: "run", runId } }));
    expect(await (await fetch(`${url}/trpc/artifacts/list?input=${list}`)).text()).toContain("a.txt");
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/runweir_pool_connections\{pool="main"/);
  });

  test("saved queries are kept for the pages, and who is slower is told", async () => {
    const { url } = await startApi();
    const ask = async (path: string, input: unknown, method: "GET" | "POST" = "POST") => {
      const at = `${url}/trpc/analytics/${path}`;
      const answer =
        method === "GET"
          ? await fetch(`${at}?input=${encodeURIComponent(JSON.stringify(input))}`)
          : await post(at, input);
      return (await answer.json()) as {
        result: { data: Record<string, unknown> };
        error?: { data: { domain: { code: string } } };
      };
    };
    const made = await ask("savedQueries.create", { name: "Runs", sql: "FROM runs" });
    const { queryId, version } = made.result.data;
    await ask("savedQueries.update", { queryId, version, sql: "FROM runs LIMIT 9" });
    const late = await ask("savedQueries.update", { queryId, version, sql: "FROM params" });
    expect(late.error?.data.domain.code).toBe("conflict");
    const listed = await ask("savedQueries.list", {}, "GET");
    expect(listed.result.data).toMatchObject([{ queryId, sql: "FROM runs LIMIT 9", parameters: [] }]);
    expect((await ask("history.list", {}, "GET")).result.data).toEqual([]);
  });

  test("a client checks that all it has logged is stored", async () => {
    const { url } = await startApi();
    const { run_id: runId } = await createRun(url);
    const delivery = `${url}/ingest/v1/runs/${runId}/delivery`;
    const metrics = [0, 1, 2].map((step) => ({ key: "loss", value: step / 3, timestamp: step, step }));
    await post(`${url}/api/2.0/mlflow/runs/log-batch`, { run_id: runId, metrics });
    expect(await (await fetch(delivery)).json()).toMatchObject({ state: "in_progress", complete: null });
    await post(`${url}/api/2.0/mlflow/runs/update`, { run_id: runId, status: "FINISHED", end_time: 9 });
    const answer = await fetch(delivery);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      run_id: runId,
      status: "FINISHED",
      state: "complete",
      accepted: { batches: 1, points: 3 },
      stored_points: 3,
      complete: { batches: 1, points: 3, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const asked = await fetch(`${delivery}?last_sequence=host:1:2&last_sequence=other:0`);
    expect(await asked.json()).toMatchObject({
      state: "gaps",
      missing_batches: 2,
      clients: [
        {
          client: "host:1",
          first: null,
          missing: 2,
          gaps: [{ from: 1, to: 2 }],
          gap_count: 1,
          last_at: null,
        },
        { client: "other", missing: 0, gaps: [] },
      ],
    });
    expect((await fetch(`${delivery}?last_sequence=host`)).status).toBe(400);
    expect((await fetch(`${url}/ingest/v1/runs/none/delivery`)).status).toBe(404);
  });

  test("an open page hears of a change", async () => {
    const { url } = await startApi();
    const { run_id: runId } = await createRun(url);
    const input = encodeURIComponent(JSON.stringify({ runId }));
    const events = await fetch(`${url}/trpc/tracking/changes?input=${input}`, {
      headers: { accept: "text/event-stream" },
    });
    expect(events.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
    const seen = (async () => {
      let text = "";
      while (!text.includes(`"kind":"metrics"`)) text += (await reader.read()).value ?? "";
      return text;
    })();
    // The stream is open, but the feed may still be connecting; what is logged until then is not told.
    const logged: Promise<unknown>[] = [];
    const logging = setInterval(() => {
      const log = { run_id: runId, key: "loss", value: 1, timestamp: 1, step: logged.length };
      logged.push(post(`${url}/api/2.0/mlflow/runs/log-metric`, log));
    }, 50);
    expect(await seen).toContain(runId);
    clearInterval(logging);
    await Promise.all(logged);
    await reader.cancel();
  });

  test("what is nobody's is not found, with the request's id", async () => {
    const { url } = await startApi();
    const answer = await fetch(`${url}/api/2.0/mlflow/nothing`, { headers: { "x-request-id": "mine-1" } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("x-request-id")).toBe("mine-1");
    expect((await fetch(`${url}/experiments`)).status).toBe(404);
  });

  test("a page of another site may not write through any door", async () => {
    const { url } = await startApi();
    const foreign = { origin: "https://evil.example" };
    for (const path of [
      "/api/2.0/mlflow/experiments/create",
      "/trpc/demo/load",
      "/trpc/tracking/runs.delete",
    ])
      expect((await post(url + path, {}, foreign)).status, path).toBe(403);
  });
});

describe("POST /__reset", () => {
  test("is not there without the testing switch", async () => {
    const { url } = await startApi();
    const answer = await post(`${url}/__reset`, { root: "file:///tmp/x", cwd: "/tmp" });
    expect(answer.status).toBe(404);
    const { run_id: runId } = await createRun(url);
    await post(`${url}/__reset`, { root: "file:///tmp/x", cwd: "/tmp" });
    expect((await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${runId}`)).status).toBe(200);
  });

  test("forgets everything but experiment 0, moves the artifacts, and resolves relative folders", async () => {
    // Experiment 0 is elsewhere from then on.
    const own = await createTestDatabase(migrationFolders);
    onTestFinished(() => own.drop());
    const { url, home } = await startTestApi(own.url, { RUNWEIR_TESTING: "1" });
    const before = await createRun(url);
    await post(`${url}/api/2.0/mlflow/experiments/create`, { name: "gone" });
    const root = pathToFileURL(join(home, "elsewhere")).href;
    expect((await post(`${url}/__reset`, { backend: "ignored", root, cwd: home })).status).toBe(200);

    expect((await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${before.run_id}`)).status).toBe(404);
    const search = await post(`${url}/api/2.0/mlflow/experiments/search`, { max_results: 10 });
    const { experiments } = (await search.json()) as {
      experiments: { experiment_id: string; name: string; artifact_location: string }[];
    };
    expect(experiments).toMatchObject([
      { experiment_id: "0", name: "Default", artifact_location: `${root}/0` },
    ]);
    const after = await createRun(url);
    expect(after.artifact_uri).toBe(`${root}/0/${after.run_id}/artifacts`);

    const relative = await post(`${url}/api/2.0/mlflow/experiments/create`, {
      name: "relative",
      artifact_location: "my_location",
    });
    const { experiment_id: id } = (await relative.json()) as { experiment_id: string };
    const got = await fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=${id}`);
    expect(await got.json()).toMatchObject({ experiment: { artifact_location: join(home, "my_location") } });
  });
});

describe("the warehouse's paths", () => {
  test("go to the warehouse; without one they are unavailable and say what to do", async () => {
    await using warehouse = await startTestServer({
      routes: (server) =>
        server.get("/api/snapshots", { config: { permission: "public" } }, async () => ({ current: null })),
    });
    const { url } = await startApi({ RUNWEIR_WAREHOUSE_URL: warehouse.url });
    expect(await (await fetch(`${url}/api/snapshots`)).json()).toEqual({ current: null });
    const { url: without } = await startApi();
    for (const [method, path] of [
      ["GET", "/api/snapshots"],
      ["POST", "/api/snapshots"],
      ["GET", "/api/snapshots/1"],
      ["POST", "/api/sql"],
      ["DELETE", "/api/sql/abc"],
    ] as const) {
      const answer = await fetch(without + path, { method });
      expect([answer.status, await answer.json()], path).toMatchObject([
        503,
        { message: expect.stringContaining("RUNWEIR_WAREHOUSE_URL") },
      ]);
    }
    const foreign = { origin: "https://evil.example" };
    expect((await post(`${url}/api/sql`, {}, foreign)).status).toBe(403);
  });
});
