import { setTimeout as pause } from "node:timers/promises";
import { type Positions, readEnds, readPositions, recordsBehind } from "../check/positions.ts";
import { killBroker } from "../faults/end-process.ts";
import { holdLock } from "../faults/hold-lock.ts";
import { metricOf } from "../faults/read-metric.ts";
import { answerLimitMs } from "../load/mlflow-client.ts";
import type { Scenario, ScenarioContext } from "../scenario.ts";
import { until } from "../until.ts";

export const loadScenarios: readonly Scenario[] = [
  {
    name: "slow Postgres: a lock held while everything goes on",
    invariants: "B L",
    system: "one broker",
    short: true,
    async run({ system, load, long, note }) {
      await holdLock(system, "shards", async () => {
        await load.acknowledged(long ? 5_000 : 100);
        await until("a consumer tells of its lag", 60_000, async () => {
          const lags = await Promise.all(
            system.ingests.map((ingest) => metricOf(ingest, "runweir_ingest_consumer_lag_records")),
          );
          return lags.some((lag) => lag > 0);
        });
        if (long) await pause(120_000);
        note(
          `${recordsBehind(await readEnds(system), await readPositions(system))} records behind at the end`,
        );
      });
    },
  },
  {
    name: "consumers away for a while, then the backlog applied at least twice as fast as writers add to it",
    invariants: "B L M",
    system: "one broker",
    short: true,
    writers: 6,
    run: (context) => catchUp(context, () => context.load.acknowledged(context.long ? 20_000 : 400, 600_000)),
  },
  {
    name: "consumers away for minutes, then the backlog applied at least twice as fast as writers add to it",
    invariants: "B L M",
    system: "one broker",
    short: false,
    writers: 6,
    run: (context) => catchUp(context, () => pause((context.long ? 10 : 2) * 60_000)),
  },
  {
    name: "kill -9 of every process at once, as of a machine that stops",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run({ system, load, random, long }) {
      const services = [...system.apis, ...system.ingests];
      const [broker] = system.kafka.brokers;
      for (let i = 0; broker && i < (long ? 5 : 1); i += 1) {
        await Promise.all([
          ...services.map((service) => service.kill()),
          killBroker(broker),
          system.postgres.stop("SIGKILL"),
        ]);
        await pause(random.between(0, 1_000));
        await Promise.all([broker.start(), system.postgres.start()]);
        await Promise.all(services.map((service) => service.start()));
        await load.acknowledged(30);
      }
    },
  },
  {
    name: "rolling restart of every process by SIGTERM",
    invariants: "L D W",
    system: "one broker",
    short: true,
    async run({ system, load, note }) {
      for (const service of [...system.apis, ...system.ingests]) {
        await service.terminate();
        await load.acknowledged(10);
        await service.start();
      }
      const [broker] = system.kafka.brokers;
      await broker?.stop();
      await broker?.start();
      await load.acknowledged(10);
      await system.postgres.stop("SIGINT");
      await system.postgres.start();
      await load.acknowledged(10);
      const times = load.meetings.writeMs.toSorted((a, b) => a - b);
      const p99 = times[Math.ceil(times.length * 0.99) - 1] ?? 0;
      note(`99 of 100 writes took no longer than ${Math.round(p99)} ms, retries included`);
      // What a client waits for one answer; for the unlucky, an answer that says to come again, and one more.
      if (p99 > answerLimitMs || (times.at(-1) ?? 0) > 2 * answerLimitMs)
        throw new Error(
          `of ${times.length} writes one in 100 took ${p99} ms or more, the slowest ${times.at(-1)} ms; answers are due in ${answerLimitMs} ms`,
        );
    },
  },
];

/** Has the consumers away for as long as `away` takes, and compares what they apply then with what is written meanwhile. */
async function catchUp({ system, load, note }: ScenarioContext, away: () => Promise<void>): Promise<void> {
  for (const ingest of system.ingests) await ingest.terminate();
  const left = total(await readPositions(system));
  await away();
  const backlog = total(await readEnds(system)) - left;
  const starting = Promise.all(system.ingests.map((ingest) => ingest.start()));
  let writtenBefore = total(await readEnds(system));
  await until("the first of the backlog is applied", 60_000, async () => {
    const ends = total(await readEnds(system));
    if (total(await readPositions(system)) > left) return true;
    writtenBefore = ends;
    return false;
  });
  const began = performance.now();
  const { acknowledged } = load.meetings;
  let applied = 0;
  let written = 0;
  // The ends are asked for first and writers write on: nothing is behind only where applying overtakes writing.
  await until("the backlog is caught up although writers go on", 600_000, async () => {
    const ends = await readEnds(system);
    const positions = await readPositions(system);
    applied = total(positions) - left;
    written = total(ends) - writtenBefore;
    return recordsBehind(ends, positions) === 0;
  });
  note(
    `${backlog} records behind; ${applied} applied and ${written} written in ${Math.round(performance.now() - began)} ms`,
  );
  if (load.meetings.acknowledged === acknowledged)
    throw new Error("no writer wrote while the backlog was caught up");
  // So what came in some time is gone in no longer time, whoever writes on.
  if (applied < 2 * written)
    throw new Error(`${applied} records were applied while ${written} were written; twice as many are due`);
  await starting;
  await until("the lag is told as nothing again", 30_000, async () => {
    const lags = await Promise.all(
      system.ingests.map((ingest) => metricOf(ingest, "runweir_ingest_consumer_lag_records")),
    );
    return lags.every((lag) => lag < backlog);
  });
}

function total(positions: Positions): number {
  return [...positions.values()].reduce((sum, one) => sum + one, 0);
}
