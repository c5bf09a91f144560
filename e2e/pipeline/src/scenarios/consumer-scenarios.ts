import { setTimeout as pause } from "node:timers/promises";
import { shardCount } from "@runweir/ingest-domain";
import { pointRecords, startKafkaConsumer } from "@runweir/ingest-kafka";
import { openDatabase } from "@runweir/postgres";
import { createAppliedState, createSegmentStore } from "@runweir/tracking-postgres";
import { consumerAtLock, holdLock } from "../faults/hold-lock.ts";
import { metricOf } from "../faults/read-metric.ts";
import { sendRecords } from "../faults/send-records.ts";
import type { ServiceProcess } from "../parts/service-process.ts";
import type { System } from "../parts/start-system.ts";
import { isApplyStatement } from "../proxy/requests.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

const everyPartition = Array.from({ length: shardCount }, (_, partition) => partition);

export const consumerScenarios: readonly Scenario[] = [
  {
    name: "kill -9 of a consumer between BEGIN and COMMIT",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run({ system }) {
      let victim: ServiceProcess | undefined;
      await holdLock(system, "dead letters", async () => {
        await sendRecords(
          system,
          everyPartition.map((partition) => ({
            partition,
            value: Buffer.from("no segment"),
            headers: { workspace: "default" },
          })),
        );
        victim = await consumerAtLock(system, "set_aside");
        await victim.kill();
      });
      await victim?.start();
      return { deadLetters: { malformed: shardCount } };
    },
  },
  {
    name: "kill -9 of a consumer after COMMIT, before it hears of it",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run({ system }) {
      let victim: ServiceProcess | undefined;
      await holdLock(system, "shards", async () => {
        victim = await consumerAtLock(system, "apply_segments");
        // The statement is a transaction of its own: once the lock is free, the server commits it for nobody.
        await victim.kill();
      });
      await victim?.start();
    },
  },
  {
    name: "zombie consumer: SIGSTOP for longer than its session, SIGCONT when others own its partitions",
    invariants: "D M",
    system: "one broker",
    short: true,
    async run({ system, load, random, note }) {
      let zombie: ServiceProcess | undefined;
      await holdLock(system, "shards", async () => {
        zombie = await consumerAtLock(system, "apply_segments");
      });
      if (!zombie) return;
      const fenced = await metricOf(zombie, "runweir_ingest_fenced_total");
      const claims = await lastClaim(system);
      const way = system.proxies.postgres[zombie === system.ingests[0] ? "ingest1" : "ingest2"];
      // A transaction that it has begun to send is on its way until others own its partitions.
      await way.forge((request) => {
        if (!isApplyStatement(request)) return undefined;
        way.freeze();
        return request;
      });
      await load.acknowledged(random.between(1, 40));
      zombie.freeze();
      await until("another consumer claims the partitions", 30_000, async () => {
        return (await lastClaim(system)) > claims;
      });
      await load.acknowledged(20);
      way.thaw();
      zombie.thaw();
      const awake = zombie;
      await until("the zombie's transaction matches no row", 30_000, async () => {
        return (await metricOf(awake, "runweir_ingest_fenced_total")) > fenced;
      });
      note(`fenced ${(await metricOf(awake, "runweir_ingest_fenced_total")) - fenced} times`);
    },
  },
  {
    name: "two consumers claim every partition",
    invariants: "L D M",
    system: "one broker",
    short: true,
    async run({ system, load, long, note }) {
      const database = openDatabase({
        url: system.postgres.url,
        applicationName: "rival",
        connectionsMax: 4,
      });
      let applied = 0;
      let fenced = 0;
      const rival = await startKafkaConsumer({
        kafka: system.client,
        topic: system.topic,
        content: pointRecords,
        store: createSegmentStore({ database }),
        state: createAppliedState({ database }),
        // Another group: so both are given all partitions.
        groupId: "faults.rival",
        random: Math.random,
        onApplied: () => {
          applied += 1;
        },
        onFenced: () => {
          fenced += 1;
        },
        onTrouble: () => {},
        onCrash: () => {},
        sessionMs: system.sessionMs,
      });
      try {
        await load.acknowledged(long ? 2_000 : 200);
        await until("both have been in each other's way", 30_000, () => applied > 0 && fenced > 0);
      } finally {
        await rival.stop();
        await database.close();
      }
      note(`the rival applied ${applied} times and was fenced ${fenced} times`);
    },
  },
  {
    name: "rebalance storm: members join and leave every 500 ms",
    invariants: "L D M",
    system: "one broker",
    short: true,
    async run({ system, random, long, note }) {
      const end = performance.now() + (long ? 30_000 : 6_000);
      let joined = 0;
      const storm = async () => {
        while (performance.now() < end) {
          const member = system.client.consumer({
            groupId: "faults.ingest.v1",
            sessionTimeout: system.sessionMs,
            heartbeatInterval: system.sessionMs / 5,
            rebalanceTimeout: system.sessionMs * 2,
            allowAutoTopicCreation: false,
          });
          await member.connect();
          await member.subscribe({ topic: system.topic.topic });
          await member.run({ autoCommit: false, eachBatch: async () => {} });
          joined += 1;
          await pause(random.between(300, 700));
          await member.disconnect();
        }
      };
      await Promise.all([storm(), storm()]);
      note(`${joined} members came and went`);
    },
  },
];

async function lastClaim({ database, topic }: System): Promise<number> {
  const [row] = await database.query<{ last: number }>(
    "SELECT max(epoch) AS last FROM tracking.ingest_position WHERE source = $1",
    [topic.source],
  );
  return Number(row?.last ?? 0);
}
