import { metricOf } from "../faults/read-metric.ts";
import { isProduceRequest } from "../proxy/requests.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const apiScenarios: readonly Scenario[] = [
  {
    name: "kill -9 of an API after the append, before its answer; clients retry through the other",
    invariants: "L D",
    system: "one broker",
    short: true,
    async run({ system, load, long }) {
      for (let i = 0; i < (long ? 20 : 3); i += 1) {
        const victim = i % 2 === 0 ? 0 : 1;
        const [way] = system.proxies.kafka.apis[victim] ?? [];
        // What is kept back is the broker's answer, so the records are in its log for certain.
        await way?.holdAnswer(isProduceRequest);
        await system.apis[victim].kill();
        await load.acknowledged(10);
        await system.apis[victim].start();
      }
    },
  },
  {
    name: "kill -9 of an API with bytes in its queue",
    invariants: "L D",
    system: "one broker",
    short: false,
    writers: 8,
    async run({ system, load }) {
      const [victim] = system.apis;
      for (const way of system.proxies.kafka.apis[0] ?? []) way.freeze();
      await until("bytes wait in the API's queue", 20_000, async () => {
        return (await metricOf(victim, "runweir_log_queue_bytes")) > 0;
      });
      await victim.kill();
      for (const way of system.proxies.kafka.apis[0] ?? []) {
        way.cut();
        way.thaw();
      }
      await load.acknowledged(20);
      await victim.start();
    },
  },
];
