import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { startRunweir } from "@runweir/server";
import { callApi, drain } from "../ingest/start-system.ts";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { type Shape, shapes } from "./shapes.ts";

interface ShapeResult {
  readonly shape: string;
  readonly points: number;
  /** Until everything can be read. */
  readonly ingestSeconds: number;
  /** From navigation to the first row of metrics, and to the first drawn chart. */
  readonly pageSeconds: { readonly metrics: number; readonly charts: number };
  readonly runGetMs: number;
}

/** Ways of logging that people complain of elsewhere: how long they take, and how long until their page is of use. */
export async function benchShapes(options: BenchOptions): Promise<void> {
  const system = "/usr/bin/chromium";
  const browser = await chromium.launch({
    ...(existsSync(system) ? { executablePath: system } : {}),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  const results: ShapeResult[] = [];
  try {
    for (const shape of shapes.filter(({ name }) => name.includes(options.only))) {
      results.push(await measureShape(shape, browser));
      console.log(format(results.at(-1) as ShapeResult));
    }
  } finally {
    await browser.close();
  }
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
}

async function measureShape(shape: Shape, browser: Browser): Promise<ShapeResult> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const server = await startRunweir(folder, { RUNWEIR_LOG_LEVEL: "warn" }, ["--kafka"]);
  try {
    const began = performance.now();
    const { runId, points } = await shape.fill(server.url);
    await drain(server.url);
    const ingestSeconds = (performance.now() - began) / 1_000;
    const asked = performance.now();
    await callApi(server.url, "GET", `runs/get?run_id=${runId}`);
    const runGetMs = performance.now() - asked;
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const opened = performance.now();
    await page.goto(`${server.url}/runs/${runId}`, { timeout: 120_000 });
    await page.getByLabel("Metrics", { exact: true }).getByRole("row").nth(1).waitFor({ timeout: 120_000 });
    const metrics = (performance.now() - opened) / 1_000;
    await page.goto(`${server.url}/runs/${runId}?tab=charts`, { timeout: 120_000 });
    const reopened = performance.now();
    await page.locator("canvas").first().waitFor({ timeout: 120_000 });
    const charts = (performance.now() - reopened) / 1_000;
    await page.close();
    return { shape: shape.name, points, ingestSeconds, pageSeconds: { metrics, charts }, runGetMs };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function format(one: ShapeResult): string {
  const rate = one.points / one.ingestSeconds / 1e6;
  return `${one.shape}: ${one.ingestSeconds.toFixed(1)} s until readable (${rate.toFixed(3)} M points/s); run page with metrics after ${one.pageSeconds.metrics.toFixed(2)} s, charts after ${one.pageSeconds.charts.toFixed(2)} s; runs/get ${one.runGetMs.toFixed(0)} ms`;
}
