import { type InternalCluster, sendTo } from "./internal-cluster.ts";
import { describeLeaders, type Leadership } from "./wire-calls.ts";

/** A broker that owes an answer for longer is not asked again meanwhile. */
const patienceMs = 1_000;

export type Leaders = ReadonlyMap<number, Leadership>;

/**
 * Who leads the partitions of a topic, as so many of their replicas say that whatever was acknowledged before is known to one
 * of them at least: a leader that stood still believes that it leads until it hears otherwise. With several replicas two of
 * them take part in every acknowledgement, so all but one are enough.
 */
export function createLeaderFinder(topic: string): (cluster: InternalCluster) => Promise<Leaders> {
  /** Since when each of those that owe an answer does, in milliseconds of `performance.now()`. */
  const owing = new Map<object, number>();
  const isSilent = (broker: object): boolean =>
    performance.now() - (owing.get(broker) ?? Number.POSITIVE_INFINITY) > patienceMs;

  return (cluster) =>
    new Promise((resolve, reject) => {
      const { brokers } = cluster.brokerPool;
      const asked = Object.keys(brokers).filter((nodeId) => !isSilent(brokers[nodeId] as object));
      const leaders = new Map<number, Leadership>();
      const answered = new Set<number>();
      let left = asked.length;

      const isEnough = (): boolean =>
        leaders.size > 0 &&
        [...leaders.values()].every(
          ({ replicas }) =>
            replicas.filter((one) => answered.has(one)).length >= Math.max(1, replicas.length - 1),
        );
      const giveUp = (cause?: unknown): void =>
        reject(new Error(`too few brokers say who leads ${topic}: ${answered.size}`, { cause }));

      async function ask(nodeId: string): Promise<void> {
        const known = brokers[nodeId] as object;
        if (!owing.has(known)) owing.set(known, performance.now());
        try {
          const answer = await sendTo(
            await cluster.brokerPool.findBroker({ nodeId }),
            describeLeaders(topic),
          );
          for (const [partition, leadership] of answer)
            if (leadership.leaderEpoch > (leaders.get(partition)?.leaderEpoch ?? -1))
              leaders.set(partition, leadership);
          answered.add(Number(nodeId));
        } finally {
          owing.delete(known);
        }
      }

      if (left === 0) giveUp();
      for (const nodeId of asked)
        void ask(nodeId)
          .then(
            () => undefined,
            (error: unknown) => error,
          )
          .then((error) => {
            left -= 1;
            if (isEnough()) resolve(leaders);
            else if (left === 0) giveUp(error);
          });
    });
}
