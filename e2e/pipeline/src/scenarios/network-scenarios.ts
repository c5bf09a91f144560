import { setTimeout as pause } from "node:timers/promises";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const networkScenarios: readonly Scenario[] = [
  {
    name: "an API cut off from Postgres",
    invariants: "R",
    system: "one broker",
    short: false,
    async run({ system, load, long }) {
      const way = system.proxies.postgres.api1;
      way.freeze();
      // Longer than any answer may take: what it owes meanwhile is an answer that says to come again.
      await pause(long ? 60_000 : 30_000);
      await load.acknowledged(20);
      way.thaw();
    },
  },
  {
    name: "consumers cut off from Postgres and from the broker",
    invariants: "L D R",
    system: "one broker",
    short: false,
    async run({ system, load, random, long }) {
      const { ingest1, ingest2 } = system.proxies.postgres;
      for (const way of [ingest1, ingest2, ...system.proxies.kafka.ingests]) {
        way.freeze();
        await pause(random.between(4_000, long ? 30_000 : 8_000));
        way.thaw();
        await load.acknowledged(20);
      }
    },
  },
  {
    name: "half-open connections: the other end is gone and does not say so",
    invariants: "L D R",
    system: "one broker",
    short: false,
    async run({ system, load, long, note }) {
      for (let i = 0; i < (long ? 6 : 2); i += 1) {
        const open = system.everyProxy().reduce((sum, way) => sum + way.openLinks, 0);
        for (const way of system.everyProxy()) way.abandon();
        const { goodReads } = load.meetings;
        await load.acknowledged(20);
        await until("reads are answered again", 60_000, () => load.meetings.goodReads > goodReads + 3);
        note(`${open} connections went silent`);
      }
      // The product has only its own ends to close; how many it still holds is counted when all is quiet.
      for (const way of system.everyProxy()) way.forsake();
    },
  },
  {
    name: "connections reset again and again",
    invariants: "L D R",
    system: "one broker",
    short: true,
    async run({ system, load, random, long }) {
      for (let i = 0; i < (long ? 100 : 12); i += 1) {
        random.pick(system.everyProxy()).cut();
        await pause(random.between(20, 400));
      }
      await load.acknowledged(20);
    },
  },
  {
    name: "200 ms of delay, more or less 50, on every connection",
    invariants: "L D W R",
    system: "one broker",
    short: true,
    async run({ system, load, long }) {
      for (const way of system.everyProxy()) way.delay(200, 50);
      await load.acknowledged(long ? 300 : 25);
      for (const way of system.everyProxy()) way.delay(0, 0);
    },
  },
];
