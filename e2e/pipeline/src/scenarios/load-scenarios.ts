import { existsSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readEnds, readPositions, recordsBehind } from "../check/positions.ts";
import { killBroker } from "../faults/end-process.ts";
import { holdLock } from "../faults/hold-lock.ts";
import { metricOf } from "../faults/read-metric.ts";
import type { Scenario } from "../scenario.ts";
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
    name: "consumers away, then a backlog caught up while writers go on",
    invariants: "B L M",
    system: "one broker",
    short: true,
    writers: 6,
    async run({ system, load, long, note }) {
      for (const ingest of system.ingests) await ingest.terminate();
      const began = performance.now();
      await load.acknowledged(long ? 20_000 : 400, 600_000);
      const awayMs = performance.now() - began;
      const backlog = recordsBehind(await readEnds(system), await readPositions(system));
      await Promise.all(system.ingests.map((ingest) => ingest.start()));
      const back = performance.now();
      // The ends are asked for first and writers write on: nothing is behind only if applying is faster than writing.
      await until("the backlog is caught up although writers go on", awayMs + 60_000, async () => {
        const ends = await readEnds(system);
        return recordsBehind(ends, await readPositions(system)) === 0;
      });
      note(
        `${backlog} records of ${Math.round(awayMs)} ms caught up within ${Math.round(performance.now() - back)} ms`,
      );
      await until("the lag is told as nothing again", 30_000, async () => {
        const lags = await Promise.all(
          system.ingests.map((ingest) => metricOf(ingest, "runweir_ingest_consumer_lag_records")),
        );
        return lags.every((lag) => lag < backlog);
      });
    },
  },
  {
    name: "clocks an hour ahead, an hour behind, and set back while running",
    invariants: "L D W",
    system: "one broker",
    short: false,
    missing: () =>
      findFaketime() ? undefined : "libfaketime is not installed (Debian's package is `faketime`)",
    async run({ system, load }) {
      const file = join(system.folder, "clock");
      const wrongClock = (offset: string): Readonly<Record<string, string>> => ({
        LD_PRELOAD: findFaketime() ?? "",
        FAKETIME: offset,
        FAKETIME_DONT_FAKE_MONOTONIC: "1",
      });
      writeFileSync(file, "+1h\n");
      const set = { ...wrongClock("+1h"), FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1" } as Record<
        string,
        string
      >;
      delete set.FAKETIME;
      const [ahead, behind] = system.apis;
      for (const service of [...system.apis, ...system.ingests]) await service.terminate();
      await ahead.start(set);
      await behind.start(wrongClock("-1h"));
      await system.ingests[0].start(wrongClock("+1h"));
      await system.ingests[1].start(wrongClock("-1h"));
      await load.acknowledged(60);
      writeFileSync(file, "-2h\n");
      await load.acknowledged(60);
      for (const service of [...system.apis, ...system.ingests]) {
        await service.terminate();
        await service.start();
      }
    },
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
    async run({ system, load }) {
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
    },
  },
];

function findFaketime(): string | undefined {
  return globSync("/usr/lib/*/faketime/libfaketime.so.1").find((file) => existsSync(file));
}
