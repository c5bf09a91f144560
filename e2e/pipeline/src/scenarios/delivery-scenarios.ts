import { encodeSegment, type PointBatch, shardCount, shardOf } from "@runweir/ingest-domain";
import type { Message } from "kafkajs";
import { awaitDelivery } from "../check/delivery.ts";
import { readEnds } from "../check/positions.ts";
import { duplicateRecords } from "../faults/duplicate-records.ts";
import { sendRecords } from "../faults/send-records.ts";
import { addRuns, logAgain, logPoints } from "../load/log-points.ts";
import { askMlflow, callMlflow } from "../load/mlflow-client.ts";
import type { System } from "../parts/start-system.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const deliveryScenarios: readonly Scenario[] = [
  {
    name: "every record delivered twice",
    invariants: "D",
    system: "one broker",
    short: true,
    async run({ system, load, long, note }) {
      const copies = await duplicateRecords(system, () => load.acknowledged(long ? 2_000 : 150));
      if (copies === 0) throw new Error("nothing was duplicated");
      note(`${copies} records written again`);
    },
  },
  {
    name: "requests forgotten (the older half of their digests dropped, twice) while clients send them again",
    invariants: "L D M",
    system: "one broker",
    short: false,
    async run(context) {
      const { system, ledger, load, note } = context;
      const [runId = ""] = await addRuns(system, ledger, 1);
      const requests = await logPoints(context, runId, { requests: 5, keys: ["once", "twice"] });
      await logAgain(system.apis, requests);
      await awaitDelivery(system, runId, { stored: 5, repeated: 10 });
      await forgetOlderHalf(system);
      // Within the time that is promised they are known by the other half, which is the older one now.
      await logAgain(system.apis, requests);
      await awaitDelivery(system, runId, { stored: 5, repeated: 20 });
      await forgetOlderHalf(system);
      // After it they count once more as delivered; points are a set, so there are no more of them.
      await logAgain(system.apis, requests);
      await awaitDelivery(system, runId, { stored: 10, repeated: 25 });
      await load.acknowledged(20);
      note("5 requests stored twice, as the same points");
    },
  },
  {
    name: "offsets reset to the earliest",
    invariants: "D",
    system: "one broker",
    short: true,
    async run(context) {
      const { system, load, ledger, long } = context;
      // Nobody writes to these any more: their partitions must be caught up unasked.
      for (const runId of await addRuns(system, ledger, 4))
        await logPoints(context, runId, { requests: 3, keys: ["quiet"] });
      for (let i = 0; i < (long ? 5 : 2); i += 1) {
        await system.database.query("UPDATE tracking.ingest_position SET next_offset = 0 WHERE source = $1", [
          system.topic.source,
        ]);
        await load.acknowledged(30);
      }
      return { replayed: true };
    },
  },
  {
    name: "poison records among good ones",
    invariants: "L M R",
    system: "one broker",
    short: true,
    async run(context) {
      const { system, ledger, load, note } = context;
      const [runId = ""] = await addRuns(system, ledger, 1);
      const absent = "0".repeat(32);
      const good = encodeSegment(runId, onePoint("never"));
      const damaged = Buffer.from(good);
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 0xff;
      const unknown = Buffer.from(good);
      unknown[4] = 99;
      const home = shardOf(runId);
      const poison: Message[] = [
        record(home, damaged),
        record(home, unknown),
        record(home, Buffer.alloc(0)),
        record(home, Buffer.from(good.subarray(0, 12))),
        record((home + 1) % shardCount, Buffer.from(good)),
        { partition: home, value: Buffer.from(good) },
        record(home, Buffer.from(good), { client: "somebody", sequence: "many" }),
        record(shardOf(absent), Buffer.from(encodeSegment(absent, onePoint("loss")))),
      ];
      for (const one of poison) {
        await sendRecords(system, [one]);
        await logPoints(context, runId, { requests: 2, keys: ["good"] });
      }
      // As one delivery, too: what is good in it must be found among what is not.
      await sendRecords(system, poison);
      await load.acknowledged(20);

      const hugeKey = "k".repeat(10 * 2 ** 20);
      const refused = await sendRecords(system, [
        record(home, Buffer.from(encodeSegment(runId, onePoint(hugeKey)))),
      ]).then(
        () => false,
        () => true,
      );
      if (!refused) throw new Error("the broker took a record of 10 MB");
      const reply = await callMlflow(system.apis[0], "runs/log-metric", {
        body: { run_id: runId, key: hugeKey, value: 1, timestamp: 1, step: 1 },
      });
      const status = reply.kind === "answer" ? reply.status : reply.kind;
      if (status !== 400 && status !== 413) throw new Error(`a name of 10 MB was answered ${status}`);
      note(`a name of 10 MB was answered ${status}`);
      return { deadLetters: { malformed: 14, run_not_found: 2 } };
    },
  },
  {
    name: "a record with a metric name that no index can hold",
    invariants: "L R",
    system: "one broker",
    short: true,
    async run(context) {
      const { system, ledger, load } = context;
      const [runId = ""] = await addRuns(system, ledger, 1);
      // Well-formed, so that only storing it can find out. Random letters: repeated ones are compressed.
      const name = Array.from({ length: 100_000 }, () => context.random.between(0, 35).toString(36)).join("");
      await sendRecords(system, [record(shardOf(runId), Buffer.from(encodeSegment(runId, onePoint(name))))]);
      await logPoints(context, runId, { requests: 5, keys: ["good"] });
      await load.acknowledged(20);
      return { quarantined: 1 };
    },
  },
  {
    name: "run deleted while its points are in the log, and restored",
    invariants: "L D R",
    system: "one broker",
    short: true,
    async run(context) {
      const { system, ledger, load } = context;
      const [runId = ""] = await addRuns(system, ledger, 1);
      for (const ingest of system.ingests) await ingest.terminate();
      await logPoints(context, runId, { requests: 10, keys: ["kept"] });
      await askMlflow(system.apis[1], "runs/delete", { body: { run_id: runId } });
      await Promise.all(system.ingests.map((ingest) => ingest.start()));
      await load.acknowledged(20);
      await askMlflow(system.apis[1], "runs/restore", { body: { run_id: runId } });
      return {};
    },
  },
  {
    name: "records dropped by the log before they were applied",
    invariants: "M R",
    system: "one broker",
    short: false,
    async run({ system, ledger, load }) {
      const [runId = ""] = await addRuns(system, ledger, 1);
      const used = new Set([...load.runIds].map(shardOf));
      const partition = Array.from({ length: shardCount }, (_, i) => i).find((one) => !used.has(one)) ?? 0;
      for (const ingest of system.ingests) await ingest.terminate();
      const lost = 5;
      // Of another run's partition, so each would be a dead letter; but they are gone before anybody reads them.
      await sendRecords(
        system,
        Array.from({ length: lost }, () =>
          record(partition, Buffer.from(encodeSegment(runId, onePoint("lost")))),
        ),
      );
      const end = (await readEnds(system)).get(partition) ?? 0;
      await system.admin.deleteTopicRecords({
        topic: system.topic.topic,
        partitions: [{ partition, offset: String(end) }],
      });
      await Promise.all(system.ingests.map((ingest) => ingest.start()));
      return { deadLetters: { lost: 1 }, droppedRecords: lost };
    },
  },
];

/** Makes the current half so old that the consumers' maintenance, which looks every minute, drops the other. */
async function forgetOlderHalf({ database }: System): Promise<void> {
  const currentHalf = async () => {
    const [row] = await database.query<{ generation: number }>(
      "SELECT generation FROM tracking.metric_request_generation",
    );
    return row?.generation;
  };
  const before = await currentHalf();
  await database.query("UPDATE tracking.metric_request_generation SET since = now() - interval '1 day'");
  await until("maintenance drops the older half", 180_000, async () => (await currentHalf()) !== before);
}

function onePoint(key: string): PointBatch {
  return {
    keys: [key],
    keyIndexes: Uint32Array.of(0),
    steps: Float64Array.of(1),
    timestamps: Float64Array.of(1),
    values: Float64Array.of(-1),
  };
}

function record(partition: number, value: Buffer, headers: Readonly<Record<string, string>> = {}): Message {
  return { partition, value, headers: { workspace: "default", ...headers } };
}
