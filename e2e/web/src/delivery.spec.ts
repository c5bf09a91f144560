import { expect, type Page } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

async function post(url: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = (await answer.json()) as Record<string, unknown>;
  expect(answer.status, JSON.stringify(told)).toBe(200);
  return told;
}

async function createRun(url: string): Promise<string> {
  const { run } = await post(url, "/api/2.0/mlflow/runs/create", { experiment_id: "0" });
  return (run as { info: { run_id: string } }).info.run_id;
}

const finish = (url: string, runId: string) =>
  post(url, "/api/2.0/mlflow/runs/update", { run_id: runId, status: "FINISHED", end_time: Date.now() });

/** Batch `sequence` of a client that numbers them: ten steps of one metric. */
function send(url: string, runId: string, client: string, sequence: number) {
  const step = Array.from({ length: 10 }, (_, i) => sequence * 10 + i);
  const points = { keys: [`loss/${client}`], step, timestamp: step, value: step.map((at) => 1 / at) };
  return post(url, "/ingest/v1/points", { runs: [{ run_id: runId, client, sequence, ...points }] });
}

const cardOf = (page: Page) => page.getByRole("region", { name: "Delivery" });

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

test("a run's page tells at once when batches are missing, and when all are there", async ({
  page,
  server,
}) => {
  const runId = await createRun(server);
  await page.goto(`${server}/runs/${runId}`);
  const card = cardOf(page);
  await expect(card).toContainText("No points yet");

  await send(server, runId, "trainer-0", 1);
  await expect(card).toContainText("10 points in 1 batch so far, all stored");
  await expect(card).toContainText("in progress");
  for (const sequence of [2, 5, 6, 9]) await send(server, runId, "trainer-0", sequence);
  await send(server, runId, "trainer-1", 1);
  await send(server, runId, "trainer-1", 1);
  await expect(card).toContainText("60 points stored; 4 batches missing");
  await card.getByRole("button", { name: "Details" }).click();
  await expect(card.getByRole("row", { name: /trainer-0/ })).toContainText("3–4, 7–8");
  await expect(card.getByRole("row", { name: /trainer-1/ })).toContainText("none");
  await expect(card).toContainText("70 points in 7 batches");
  await expect(card).toContainText("10 points, 1 batch sent again");

  await finish(server, runId);
  await expect(page.getByRole("region", { name: "Run", exact: true })).toContainText("finished");
  await expect(card).toContainText("gaps");
  for (const sequence of [3, 4, 7, 8]) await send(server, runId, "trainer-0", sequence);
  await expect(card).toContainText("100 points in 10 batches, all stored");
  await expect(card).toContainText("complete");
  await expect(card.getByText("Certified")).toBeVisible();

  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await card.scrollIntoViewIfNeeded();
  await expect(card.getByRole("row", { name: /trainer-0/ })).toBeVisible();
  await expectNoSidewaysScroll(page);

  await card.getByRole("button", { name: "Details" }).click();
  await expect(card.getByText("Certified")).toHaveCount(0);
});

/** Logs as any script does, with values that JSON cannot carry, then compares the digest with what it meant to log. */
const checked = `
import hashlib, json, math, os, struct, urllib.request, mlflow
series = {"loss": {(s, 1790000000000 + s, 1 / (s + 1)) for s in range(50)}, "acc/ü": {(3, 7, math.inf), (-2, 7, 0.1)}}
with mlflow.start_run() as run:
    for key, points in series.items():
        for step, timestamp, value in points:
            mlflow.log_metric(key, value, step=step, timestamp=timestamp, synchronous=False)
def digest(series):
    hashes = [hashlib.sha256(key.encode() + b"\\0" + b"".join(struct.pack("<3d", *p) for p in sorted(points))).digest()
              for key, points in series.items()]
    return hashlib.sha256(b"".join(sorted(hashes))).hexdigest()
url = f"{os.environ['MLFLOW_TRACKING_URI']}/ingest/v1/runs/{run.info.run_id}/delivery"
told = json.load(urllib.request.urlopen(url))
print(json.dumps({"runId": run.info.run_id, "told": told, "digest": digest(series)}))
`;

test("a client compares the certificate with what it meant to log", async ({ page, server }) => {
  const output = await runPython(server, checked).finished;
  const { runId, told, digest } = JSON.parse(output.trim().split("\n").at(-1) ?? "") as {
    runId: string;
    told: { state: string; complete: { points: number; digest: string } };
    digest: string;
  };
  expect(told).toMatchObject({ state: "complete", stored_points: 52, complete: { points: 52, digest } });
  await page.goto(`${server}/runs/${runId}`);
  const card = cardOf(page);
  await card.getByRole("button", { name: "Details" }).click();
  await expect(card.getByText(digest)).toBeVisible();
  const json = await page.request.get(
    server + ((await card.getByRole("link", { name: "As JSON" }).getAttribute("href")) ?? ""),
    {
      headers: { accept: "application/json" },
    },
  );
  expect(await json.json()).toMatchObject({ run_id: runId, complete: { digest } });
});
