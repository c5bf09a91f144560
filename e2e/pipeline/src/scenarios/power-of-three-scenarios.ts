import { setTimeout as pause } from "node:timers/promises";
import { cutBroker, losePower, writeBack } from "../faults/lose-power.ts";
import type { System } from "../parts/start-system.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

const amongThree = {
  system: "three brokers, forgetful disks",
  short: false,
  writers: 6,
  acknowledgement: "either",
} as const;

const places = [0, 1, 2] as const;

export const powerOfThreeScenarios: readonly Scenario[] = [
  {
    ...amongThree,
    name: "power loss of one of three brokers",
    invariants: "L D M R",
    async run({ system, load, random, long, note }) {
      for (let i = 0; i < (long ? 6 : 2); i += 1) {
        await load.acknowledged(60);
        const place = random.pick(places);
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
    ...amongThree,
    name: "power loss of two of three brokers at once",
    invariants: "L D M R",
    async run({ system, load, random, long, note }) {
      for (let i = 0; i < (long ? 6 : 2); i += 1) {
        // Only then the third has all that was acknowledged.
        await until("every broker is in sync", 60_000, () => allInSync(system));
        await load.acknowledged(60);
        const kept = random.pick(places);
        const cut = places.filter((place) => place !== kept);
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
  {
    ...amongThree,
    name: "power loss of all three brokers at once",
    invariants: "L D W R",
    async run(context) {
      const { system, load, random, long, note } = context;
      for (let i = 0; i < (long ? 6 : 2); i += 1) {
        await load.acknowledged(random.between(20, 60));
        // Each kernel writes out in its own time, so the logs come back with different ends.
        const written = places.filter(() => random.next() < 0.5);
        for (const place of written) await writeBack(system, place);
        await load.acknowledged(random.between(20, 60));
        await losePower(context, () => Promise.all(places.map((place) => cutBroker(system, place))));
        await Promise.all(
          places.map(async (place) => {
            await pause(random.between(0, 3_000));
            await system.kafka.brokers[place]?.start();
          }),
        );
        await load.acknowledged(60);
        note(`${written.length} of three logs had been written out shortly before`);
      }
      // Positions are placed again where a log came back shorter.
      return { replayed: true };
    },
  },
];

async function allInSync({ admin, topic, kafka }: System): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic.topic] });
  return topics.every(({ partitions }) => partitions.every(({ isr }) => isr.length === kafka.brokers.length));
}
