import { setTimeout as pause } from "node:timers/promises";
import { killBroker } from "../faults/end-process.ts";
import { watchLog } from "../faults/watch-log.ts";
import { isProduceRequest } from "../proxy/requests.ts";
import { shiftSequence } from "../proxy/shift-sequence.ts";
import type { Scenario } from "../scenario.ts";

/** What an API says of an append that failed for this, whatever else is in the line. */
const outOfOrder = /out of order sequence number.*"msg":"Metrics could not be appended/;

/** How long the log tries before it answers 503. */
const appendDeadlineMs = 15_000;

export const brokerScenarios: readonly Scenario[] = [
  {
    name: "kill -9 of the broker, and restart",
    invariants: "L D R",
    system: "one broker",
    short: true,
    async run({ system, load, random, long }) {
      const [broker] = system.kafka.brokers;
      for (let i = 0; broker && i < (long ? 5 : 1); i += 1) {
        await killBroker(broker);
        await pause(random.between(0, 2_000));
        await broker.start();
        await load.acknowledged(30);
      }
    },
  },
  {
    name: "broker paused (SIGSTOP)",
    invariants: "L D R",
    system: "one broker",
    short: false,
    async run({ system, long }) {
      const [broker] = system.kafka.brokers;
      broker?.process?.kill("SIGSTOP");
      await pause(long ? 30_000 : 8_000);
      broker?.process?.kill("SIGCONT");
    },
  },
  {
    name: "all brokers down for longer than the log tries",
    invariants: "L D R B",
    system: "one broker",
    short: true,
    writers: 6,
    async run({ system, load, long, note }) {
      const [broker] = system.kafka.brokers;
      if (!broker) return;
      await killBroker(broker);
      const before = load.meetings.statuses.get(503) ?? 0;
      await pause(long ? 300_000 : appendDeadlineMs + 2_000);
      const told = (load.meetings.statuses.get(503) ?? 0) + (load.meetings.statuses.get(429) ?? 0) - before;
      await broker.start();
      if (told === 0) throw new Error("no writer was told 429 or 503 while the brokers were down");
      note(`${told} answers 429 or 503 while the brokers were down`);
    },
  },
  {
    name: "connection dropped after the append (ambiguous acknowledgement)",
    invariants: "L D",
    system: "one broker",
    short: true,
    writers: 6,
    async run({ system, load, long }) {
      for (let i = 0; i < (long ? 10 : 3); i += 1) {
        await Promise.all(
          system.proxies.kafka.apis.flat().map((way) => way.loseAnswers(isProduceRequest, i + 1)),
        );
        // What follows at once would get the sequence numbers of what was lost, if a producer were used again.
        await load.acknowledged(20);
      }
    },
  },
  {
    name: "an idempotent producer out of order (OUT_OF_ORDER_SEQUENCE_NUMBER)",
    invariants: "L D R",
    system: "one broker",
    short: true,
    writers: 6,
    async run({ system, load, long, note }) {
      const logs = await Promise.all(system.apis.map((api) => watchLog(system, api.name)));
      const times = long ? 10 : 3;
      for (let i = 0; i < times; i += 1) {
        await Promise.all(
          system.proxies.kafka.apis
            .flat()
            .map((way) => way.forge((request) => shiftSequence(request, 1_000))),
        );
        await load.acknowledged(20);
      }
      const lines = await Promise.all(logs.map((log) => log()));
      const refusals = lines.map((all) => all.filter((line) => outOfOrder.test(line)).length);
      note(`refused out of order: ${refusals.join(" and ")} appends`);
      if (refusals.some((count) => count < times))
        throw new Error(`${times} batches of each API came out of order; refused were ${refusals}`);
    },
  },
  {
    name: "failover among three brokers: leaders killed, paused, and given back their lead",
    invariants: "L D R",
    system: "three brokers",
    short: false,
    writers: 6,
    async run({ system, load, random, long, note }) {
      for (let i = 0; i < (long ? 6 : 1); i += 1) {
        const broker = random.pick(system.kafka.brokers);
        await killBroker(broker);
        // Two of three are enough to acknowledge.
        await load.acknowledged(30);
        await broker.start();
        // Leads return to the restarted broker by themselves; clients meet NOT_LEADER.
        await pause(4_000);
        const other = random.pick(system.kafka.brokers);
        other.process?.kill("SIGSTOP");
        await pause(5_000);
        await load.acknowledged(10);
        other.process?.kill("SIGCONT");
        await load.acknowledged(30);
        note(`killed ${broker.nodeId}, paused ${other.nodeId}`);
      }
    },
  },
];
