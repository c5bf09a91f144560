import type { LogTopic } from "@runweir/ingest-kafka";
import type { Admin } from "@runweir/kafka";
import type { LagMetrics } from "./lag-metrics.ts";
import type { SupervisedConsumer } from "./supervise-consumer.ts";

const everyMs = 5_000;
/** The broker answers a fetch within a tenth of a second, data or not; this long without one is no pause any more. */
const standstillMs = 30_000;

/** Measures how far each of our partitions is behind, and replaces a consumer that fetches no more although it is. */
export function watchLag(options: {
  readonly admin: Admin;
  readonly topic: LogTopic;
  readonly consumer: SupervisedConsumer;
  readonly recorded: LagMetrics;
  readonly onTrouble: (message: string, error: unknown) => void;
}): { problems(): readonly string[]; stop(): void } {
  const { admin, topic, consumer, recorded } = options;
  let problem: string | undefined;
  let looking = false;

  async function look(): Promise<void> {
    const ends = new Map(
      (await admin.fetchTopicOffsets(topic.topic)).map((one) => [one.partition, Number(one.high)]),
    );
    const positions = consumer.positions();
    let behind = 0;
    recorded.forgetLag();
    for (const [partition, next] of positions) {
      const records = Math.max(0, (ends.get(partition) ?? 0) - next);
      behind += records;
      recorded.setLag(partition, records);
    }
    if (behind > 0 && performance.now() - consumer.lastFetchAt() > standstillMs)
      consumer.replace("The consumer stands still although records wait; a new one takes its place.");
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .then(
        () => {
          problem = undefined;
        },
        (error: unknown) => {
          if (problem === undefined) options.onTrouble("Kafka does not answer.", error);
          problem = `Kafka does not answer: ${error instanceof Error ? error.message : String(error)}`;
        },
      )
      .finally(() => {
        looking = false;
      });
  }, everyMs);
  return {
    problems: () => (problem === undefined ? [] : [problem]),
    stop: () => clearInterval(timer),
  };
}
