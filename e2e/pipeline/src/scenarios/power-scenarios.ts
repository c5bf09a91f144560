import { setTimeout as pause } from "node:timers/promises";
import { readEnds, readPositions } from "../check/positions.ts";
import { flushEachRecord } from "../faults/flush-each-record.ts";
import { cutBroker, cutPostgres, writeBack } from "../faults/lose-power.ts";
import { writeTags } from "../load/write-tags.ts";
import type { System } from "../parts/start-system.ts";
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
  {
    name: "power loss of one of three brokers",
    invariants: "L D M R",
    system: "three brokers, forgetful disks",
    short: false,
    writers: 6,
    acknowledgement: "either",
    async run({ system, load, random, long, note }) {
      for (let i = 0; i < (long ? 6 : 2); i += 1) {
        await load.acknowledged(60);
        const place = random.between(0, 2);
        await cutBroker(system, place);
        // With and without its leads moved to others in between.
        if (i % 2 === 0) await load.acknowledged(30);
        await system.kafka.brokers[place]?.start();
        await load.acknowledged(60);
        note(`power loss of broker ${system.kafka.brokers[place]?.nodeId}`);
      }
    },
  },
  {
    name: "power loss of two of three brokers at once",
    invariants: "L D M R",
    system: "three brokers, forgetful disks",
    short: false,
    writers: 6,
    acknowledgement: "either",
    async run({ system, load, random, long, note }) {
      for (let i = 0; i < (long ? 6 : 2); i += 1) {
        // Only then the third has all that was acknowledged.
        await until("every broker is in sync", 60_000, () => allInSync(system));
        await load.acknowledged(60);
        const kept = random.between(0, 2);
        const cut = [0, 1, 2].filter((place) => place !== kept);
        const refusedBefore = load.meetings.retries;
        await Promise.all(cut.map((place) => cutBroker(system, place)));
        await until("writers are told to come again", 60_000, () => load.meetings.retries > refusedBefore);
        // Back with shorter logs: whoever leads now must not be one of them.
        for (const place of random.next() < 0.5 ? cut : cut.reverse()) {
          await system.kafka.brokers[place]?.start();
          await pause(random.between(0, 3_000));
        }
        await load.acknowledged(60);
        note(`broker ${system.kafka.brokers[kept]?.nodeId} kept its power`);
      }
    },
  },
];

async function allInSync({ admin, topic, kafka }: System): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic.topic] });
  return topics.every(({ partitions }) => partitions.every(({ isr }) => isr.length === kafka.brokers.length));
}

/** What the log alone had, and Postgres not yet, is the window that is documented; all else stays due. */
async function losePower({ system, ledger, note }: ScenarioContext, cut: () => Promise<void>): Promise<void> {
  const applied = await readPositions(system);
  await cut();
  const lost = ledger.loseLogged(({ partition, offset }) => offset < (applied.get(partition) ?? 0));
  note(`${lost} points were acknowledged by the log alone`);
}

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
