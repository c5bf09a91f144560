import type { Kafka } from "kafkajs";
import { unreachable } from "../unreachable.ts";
import { createLeaderFinder, type Leaders } from "./find-leaders.ts";
import { type InternalCluster, internalCluster, sendTo, type WireCall } from "./internal-cluster.ts";
import { type EpochOffset, edges, endOffsetOfEpoch, listOffsets } from "./wire-calls.ts";

/** What the brokers say of the partitions of a topic. Rejects with `unavailable` while they do not. */
export interface LogView {
  /** The high watermark of each partition, and the epoch of the leader that says so. */
  ends(): Promise<ReadonlyMap<number, { readonly high: number; readonly leaderEpoch: number }>>;
  /** The first offset that each partition still has. */
  starts(): Promise<ReadonlyMap<number, number>>;
  /**
   * The largest epoch, not above the one given, that a partition still has, and where what that leader wrote ends. Undefined
   * where the epoch is beyond any that the log knows.
   */
  endOfEpoch(
    partition: number,
    epoch: number,
  ): Promise<{ readonly epoch: number; readonly end: number } | undefined>;
  close(): Promise<void>;
}

const attempts = 5;
/** A request that gets no answer takes longer by itself. */
const patienceMs = 3_000;
const firstPauseMs = 100;
const longestPauseMs = 1_000;
/** Asking again is of no use. */
const refusals: ReadonlyMap<number, string> = new Map([
  [29, "it is not allowed to describe the topic"],
  [35, "the brokers are older than Kafka 2.3"],
]);

/**
 * A connection of its own for questions that kafkajs cannot ask: who leads, as more than one broker says, and what is left of
 * what an earlier leader wrote. By these a log that lost its end, and has grown since, is told from the one that was read.
 */
export function openLogView(kafka: Kafka, topic: string): LogView {
  const findLeaders = createLeaderFinder(topic);
  let opened: Promise<InternalCluster> | undefined;
  let known: Leaders | undefined;

  async function open(): Promise<InternalCluster> {
    const cluster = internalCluster(kafka);
    try {
      await cluster.connect();
      await cluster.refreshMetadata();
      return cluster;
    } catch (error) {
      // The next one begins with another broker.
      opened = undefined;
      await cluster.disconnect().catch(() => {});
      throw error;
    }
  }

  async function askLeaders(
    asked: readonly number[] | "all",
    isFresh: boolean,
    call: (partitions: readonly number[], leaders: Leaders) => WireCall<ReadonlyMap<number, EpochOffset>>,
  ): Promise<ReadonlyMap<number, EpochOffset>> {
    opened ??= open();
    const cluster = await opened;
    const leaders = isFresh || !known ? await findLeaders(cluster) : known;
    known = leaders;
    const partitions = asked === "all" ? [...leaders.keys()] : asked;
    const byNode = Map.groupBy(partitions, (one) => leaders.get(one)?.leader ?? -1);
    const answers = await Promise.all(
      [...byNode].map(async ([node, led]) =>
        sendTo(await cluster.brokerPool.findBroker({ nodeId: String(node) }), call(led, leaders)),
      ),
    );
    const all = new Map(answers.flatMap((one) => [...one]));
    const failed = partitions.find((partition) => all.get(partition)?.errorCode !== 0);
    if (failed === undefined) return all;
    throw new PartitionFailure(topic, failed, all.get(failed)?.errorCode ?? -1);
  }

  const ask: typeof askLeaders = async (asked, isFresh, call) => {
    const began = performance.now();
    let pause = firstPauseMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await askLeaders(asked, isFresh || attempt > 1, call);
      } catch (error) {
        const isLate = attempt === attempts || performance.now() - began > patienceMs;
        if (isLate || (error instanceof PartitionFailure && error.isFinal)) throw unreachable(error);
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(longestPauseMs, pause * 2);
        // Brokers may have come.
        await (await opened?.catch(() => undefined))?.refreshMetadata().catch(() => {});
      }
    }
  };

  const epochsOf = (partitions: readonly number[], leaders: Leaders) =>
    new Map(partitions.map((one) => [one, leaders.get(one)?.leaderEpoch ?? -1]));

  return {
    async ends() {
      const found = await ask("all", true, (partitions, leaders) =>
        listOffsets(topic, epochsOf(partitions, leaders), edges.end),
      );
      return new Map(
        [...found].map(([one, { offset, leaderEpoch }]) => [one, { high: offset, leaderEpoch }]),
      );
    },
    async starts() {
      const found = await ask("all", false, (partitions, leaders) =>
        listOffsets(topic, epochsOf(partitions, leaders), edges.start),
      );
      return new Map([...found].map(([one, { offset }]) => [one, offset]));
    },
    async endOfEpoch(partition, asked) {
      const found = await ask([partition], false, (_, leaders) =>
        endOffsetOfEpoch(topic, partition, { leaderEpoch: leaders.get(partition)?.leaderEpoch ?? -1, asked }),
      );
      const { leaderEpoch: epoch, offset: end } = found.get(partition) as EpochOffset;
      return epoch < 0 ? undefined : { epoch, end };
    },
    async close() {
      const cluster = await opened?.catch(() => undefined);
      await cluster?.disconnect();
    },
  };
}

class PartitionFailure extends Error {
  override readonly name = "PartitionFailure";
  readonly isFinal: boolean;
  constructor(topic: string, partition: number, code: number) {
    const refusal = refusals.get(code);
    super(`partition ${partition} of ${topic} gives no answer: ${refusal ?? `error ${code}`}`);
    this.isFinal = refusal !== undefined;
  }
}
