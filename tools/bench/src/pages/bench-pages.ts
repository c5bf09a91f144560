import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuByRole, type Role, subtractCpu } from "../ingest/cpu-by-role.ts";
import { jsonColumns } from "../ingest/json-columns.ts";
import { createRuns, drain, startSystem } from "../ingest/start-system.ts";
import { memoryOf } from "../process-memory.ts";
import { commandOf, processTree } from "../process-tree.ts";
import { quantiles } from "../quantiles.ts";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { type OpenPages, openPages, type Watched } from "./open-pages.ts";
import { writeSteadily } from "./write-steadily.ts";

interface PagesResult {
  readonly pages: number;
  readonly watching: string;
  readonly points: number;
  readonly pointsPerSecond: number;
  readonly acknowledged: ReturnType<typeof quantiles>;
  /** From the acknowledgement of a batch to its event, over all batches that were measured and all pages. */
  readonly told: ReturnType<typeof quantiles>;
  readonly eventsPerSecond: number;
  /** Events that had not come when the time was up. */
  readonly untold: number;
  /** Of one core. */
  readonly cpuShare: Readonly<Record<Role, number>>;
  readonly apiBytes: number;
}

const busyRuns = 20;
/** All together 100,000 points per second. */
const everyMs = 100;
const batch = { keys: 50, steps: 10 } as const;
/** Longer than changes are held back for, so that each batch that is measured is told by an event of its own. */
const probeEveryMs = 2_500;

/** Open pages hear of metrics while they arrive: how soon, at what cost, and what that does to those who log. */
export async function benchPages(options: BenchOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-"));
  await chmod(folder, 0o755);
  const server = await startSystem(folder, options.only.includes("direct") ? "direct" : "kafka");
  const results: PagesResult[] = [];
  try {
    const { url } = server;
    const root = server.process.pid as number;
    const [probe = "", ...busy] = await createRuns(url, busyRuns + 1);
    const run: Watched = { experimentId: "0", runId: probe };
    const cases = [
      { watching: "nothing", pages: 0, watched: run },
      { watching: "one run", pages: options.pages, watched: run },
      { watching: "a list", pages: options.pages, watched: { experimentId: "0" } },
    ];
    for (const { watching, pages, watched } of cases) {
      const open = await openPages(url, pages, watched);
      const seconds = Math.max(options.seconds, 20);
      results.push(await measure({ url, root, probe, busy, open, pages, watching, seconds }));
      open.close();
      console.log(format(results.at(-1) as PagesResult));
      await drain(url);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
}

async function measure(options: {
  readonly url: string;
  readonly root: number;
  readonly probe: string;
  readonly busy: readonly string[];
  readonly open: OpenPages;
  readonly pages: number;
  readonly watching: string;
  readonly seconds: number;
}): Promise<PagesResult> {
  const { url, root, probe, open, pages, watching, seconds } = options;
  const sources = options.busy.map((runId) => jsonColumns(runId, batch.keys, batch.steps));
  const told: number[] = [];
  let acknowledgedAt = Number.NaN;
  let waiting = new Set<number>();
  let untold = 0;
  open.onMetrics = (page, runId) => {
    if (runId === probe && waiting.delete(page)) told.push(Math.max(0, performance.now() - acknowledgedAt));
  };
  const before = { cpu: cpuByRole(root), events: open.events() };
  const [busy] = await Promise.all([
    writeSteadily(url, sources, { seconds, everyMs }),
    // Its last batch comes early enough to be told of.
    writeSteadily(url, [jsonColumns(probe, 1, 10)], {
      seconds: seconds - probeEveryMs / 1_000,
      everyMs: probeEveryMs,
      onAcknowledged() {
        untold += waiting.size;
        acknowledgedAt = performance.now();
        waiting = new Set(Array.from({ length: pages }, (_, page) => page));
      },
    }),
  ]);
  const cpu = subtractCpu(cpuByRole(root), before.cpu);
  return {
    pages,
    watching,
    points: busy.points,
    pointsPerSecond: busy.points / busy.seconds,
    acknowledged: quantiles(busy.latencies),
    told: quantiles(told.sort((a, b) => a - b)),
    untold: untold + waiting.size,
    eventsPerSecond: (open.events() - before.events) / busy.seconds,
    cpuShare: Object.fromEntries(
      Object.entries(cpu).map(([role, used]) => [role, used / busy.seconds]),
    ) as Record<Role, number>,
    apiBytes: processTree(root)
      .filter((pid) => commandOf(pid).includes("apps/cli/src/main.ts"))
      .reduce((sum, pid) => sum + memoryOf(pid), 0),
  };
}

function format(one: PagesResult): string {
  const milliseconds = ({ p50Ms, p99Ms }: ReturnType<typeof quantiles>) =>
    `${p50Ms.toFixed(0)} / ${p99Ms.toFixed(0)} ms`;
  const cpu = Object.entries(one.cpuShare).map(([role, share]) => `${role} ${(share * 100).toFixed(0)} %`);
  const pages =
    one.pages === 0
      ? "no pages"
      : `${one.pages} pages on ${one.watching}: told after ${milliseconds(one.told)} (p50 / p99), ${one.eventsPerSecond.toFixed(0)} events/s, ${one.untold} untold`;
  return `${pages}; ${(one.pointsPerSecond / 1e3).toFixed(0)} k points/s acknowledged after ${milliseconds(one.acknowledged)}; CPU ${cpu.join(", ")}; api ${(one.apiBytes / 2 ** 20).toFixed(0)} MiB`;
}
