import type { LogPlace } from "@runweir/ingest-domain";
import type { KafkaConsumerOptions } from "@runweir/ingest-kafka";
import type { Admin } from "@runweir/kafka";
import { superviseConsumer } from "./supervise-consumer.ts";
import type { TopicMetrics } from "./topic-metrics.ts";
import { watchLag } from "./watch-lag.ts";

export interface FollowedTopic {
  problems(): readonly string[];
  stop(): Promise<void>;
}

/** Applies a topic for as long as the service runs: a consumer that is kept running, and watched. */
export function followTopic<Log extends LogPlace, Entry, Outcome>(
  options: Omit<KafkaConsumerOptions<Log, Entry, Outcome>, "onCrash" | "onApplied" | "onFenced"> & {
    /** Connected. */
    readonly admin: Admin;
    readonly recorded: TopicMetrics<Entry, Outcome>;
  },
): FollowedTopic {
  const { admin, topic, recorded, onTrouble } = options;
  const { onApplied, onFenced } = recorded;
  const consumer = superviseConsumer({ ...options, onApplied, onFenced });
  const lag = watchLag({ admin, topic, consumer, recorded, onTrouble });
  return {
    problems: () => [...consumer.problems(), ...lag.problems()],
    async stop() {
      lag.stop();
      await consumer.stop();
    },
  };
}
