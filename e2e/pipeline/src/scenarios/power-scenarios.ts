import { setTimeout as pause } from "node:timers/promises";
import { readEnds, readPositions } from "../check/positions.ts";
import { flushEachRecord } from "../faults/flush-each-record.ts";
import { cutBroker, cutPostgres, losePower, writeBack } from "../faults/lose-power.ts";
import { writeTags } from "../load/write-tags.ts";
import type { Scenario, ScenarioContext } from "../scenario.ts";
import { until } from "../until.ts";

export const powerScenarios: readonly Scenario[] = [
  {
    name: "power loss of Postgres",
    invariants: "L D M R",
    system: "forgetful disks",
    short: false,
    acknowledgement: "either",
    async run({ system, load, random, long, note }) {
      const tags = await writeTags(system);
      for (let i = 0; i < (long ? 5 : 1); i += 1) {
        await load.acknowledged(30);
        await tags.write();
        await cutPostgres(system);
        await pause(random.between(0, 1_500));
        await system.postgres.start();
        await load.acknowledged(30);
      }
      note(`${await tags.check()} tags acknowledged`);
    },
  },
  {
    name: "power loss of the only broker",
    invariants: "L D W R",
    system: "forgetful disks",
    short: false,
    acknowledgement: "either",
    async run(context) {
      const { system, load, random, long } = context;
      for (let i = 0; i < (long ? 5 : 1); i += 1) {
        await load.acknowledged(random.between(10, 30));
        await writeBack(system, 0);
        await load.acknowledged(random.between(10, 30));
        await losePower(context, () => cutBroker(system, 0));
        await system.kafka.brokers[0]?.start();
        await load.acknowledged(30);
      }
      return { replayed: true };
    },
  },
  {
    name: "power loss of the only broker, whose log grows beyond what was applied before anybody consumes it again",
    invariants: "L D W R",
    system: "forgetful disks",
    short: true,
    acknowledgement: "logged",
    async run(context) {
      const { system, load, note } = context;
      await writeBack(system, 0);
      await load.acknowledged(60);
      for (const ingest of system.ingests) ingest.freeze();
      const applied = await readPositions(system);
      await losePower(context, () => cutBroker(system, 0));
      await system.kafka.brokers[0]?.start();
      let shorter: readonly number[] = [];
      await until("the log came back shorter than what was applied of it", 30_000, async () => {
        // Before the partitions have leaders again there is no answer.
        const ends = await readEnds(system).catch(() => undefined);
        shorter = [...applied].filter(([one, next]) => (ends?.get(one) ?? next) < next).map(([one]) => one);
        return shorter.length > 0;
      });
      await until("it has grown beyond that again", 60_000, async () => {
        const ends = await readEnds(system);
        return shorter.every((one) => (ends.get(one) ?? 0) > (applied.get(one) ?? 0));
      });
      note(`${shorter.length} partitions came back shorter than what was applied of them`);
      for (const ingest of system.ingests) ingest.thaw();
      await load.acknowledged(30);
      return { replayed: true };
    },
  },
  {
    name: "power loss of the only broker, which syncs what it acknowledges (flush.messages=1)",
    invariants: "L D M R",
    system: "forgetful disks",
    short: false,
    async run({ system, load, long }) {
      await flushEachRecord(system, async () => {
        // What was acknowledged before is none of this.
        await writeBack(system, 0);
        for (let i = 0; i < (long ? 5 : 1); i += 1) {
          await load.acknowledged(60);
          await cutBroker(system, 0);
          await system.kafka.brokers[0]?.start();
          await load.acknowledged(30);
        }
      });
    },
  },
  {
    name: "power loss of everything at once",
    invariants: "L D W R",
    system: "forgetful disks",
    short: false,
    acknowledgement: "either",
    async run(context) {
      const { load, random, long } = context;
      for (let i = 0; i < (long ? 5 : 1); i += 1) {
        await load.acknowledged(random.between(20, 60));
        await losePowerOfAll(context);
        await load.acknowledged(30);
      }
      return { replayed: true };
    },
  },
  {
    name: "power loss of everything, planted: a Postgres that does not wait for its disk (synchronous_commit=off)",
    invariants: "L",
    system: "forgetful disks",
    short: false,
    acknowledgement: "applied",
    readers: 0,
    async run(context) {
      const { system, load } = context;
      await system.postgres.stop("SIGINT");
      await system.postgres.start({
        synchronous_commit: "off",
        wal_writer_delay: "10s",
        wal_writer_flush_after: "1GB",
      });
      await load.acknowledged(60);
      await losePowerOfAll(context);
      return { replayed: true, planted: /^L: \d+ acknowledged points .* lost/ };
    },
  },
];

async function losePowerOfAll(context: ScenarioContext): Promise<void> {
  const { system } = context;
  const services = [...system.apis, ...system.ingests];
  await losePower(context, async () => {
    await Promise.all([
      ...services.map((service) => service.kill()),
      cutBroker(system, 0),
      cutPostgres(system),
    ]);
  });
  await Promise.all([system.kafka.brokers[0]?.start(), system.postgres.start()]);
  await Promise.all(services.map((service) => service.start()));
}
