import { setTimeout as pause } from "node:timers/promises";
import { killBroker } from "../faults/end-process.ts";
import { isApplyStatement, isProduceRequest } from "../proxy/requests.ts";
import type { Scenario, ScenarioContext } from "../scenario.ts";

type Fault = (context: ScenarioContext, holdMs: number) => Promise<void>;

/** Each does its harm, waits, and undoes what a supervisor or a network would. */
const faults: Readonly<Record<string, Fault>> = {
  async "api killed"({ system, random }, holdMs) {
    const api = random.pick(system.apis);
    await api.kill();
    await pause(holdMs);
    await api.start();
  },
  async "api paused"({ system, random }, holdMs) {
    const api = random.pick(system.apis);
    api.freeze();
    await pause(holdMs);
    api.thaw();
  },
  async "consumer killed"({ system, random }, holdMs) {
    const ingest = random.pick(system.ingests);
    await ingest.kill();
    await pause(holdMs);
    await ingest.start();
  },
  async "consumer paused"({ system, random }, holdMs) {
    const ingest = random.pick(system.ingests);
    ingest.freeze();
    await pause(holdMs * 2);
    ingest.thaw();
  },
  async "broker killed"({ system, random }, holdMs) {
    const broker = random.pick(system.kafka.brokers);
    await killBroker(broker);
    await pause(holdMs);
    await broker.start();
  },
  async "broker paused"({ system, random }, holdMs) {
    const broker = random.pick(system.kafka.brokers);
    broker.process?.kill("SIGSTOP");
    await pause(holdMs);
    broker.process?.kill("SIGCONT");
  },
  async "postgres killed"({ system }, holdMs) {
    await system.postgres.stop("SIGKILL");
    await pause(holdMs);
    await system.postgres.start();
  },
  async "connections reset"({ system, random }, holdMs) {
    for (let left = holdMs; left > 0; left -= 200) {
      random.pick(system.everyProxy()).cut();
      await pause(200);
    }
  },
  async "network frozen"({ system, random }, holdMs) {
    const way = random.pick(system.everyProxy());
    way.freeze();
    await pause(holdMs);
    way.thaw();
  },
  async "network slow"({ system, random }, holdMs) {
    const way = random.pick(system.everyProxy());
    way.delay(100, 50);
    await pause(holdMs);
    way.delay(0, 0);
  },
  async "answers lost"({ system, random, load }) {
    const lost = Promise.race([
      random.pick(system.proxies.kafka.apis.flat()).loseAnswers(isProduceRequest, 2),
      random.pick(Object.values(system.proxies.postgres)).loseAnswers(isApplyStatement, 2),
    ]);
    await Promise.race([lost, pause(5_000)]);
    await load.acknowledged(1);
  },
};

export const randomMix: Scenario = {
  name: "random mix of faults, by seed",
  invariants: "L D W M B R",
  system: "one broker",
  short: true,
  writers: 4,
  run: (context) => mix(context, context.long ? 25 : 5),
};

export const randomMixOfThree: Scenario = {
  ...randomMix,
  name: "random mix of faults among three brokers, by seed",
  system: "three brokers",
  short: false,
};

async function mix(context: ScenarioContext, times: number): Promise<void> {
  const { random, load, note } = context;
  for (let i = 0; i < times; i += 1) {
    const name = random.pick(Object.keys(faults));
    const holdMs = random.between(200, 4_000);
    note(`${name} (${holdMs} ms)`);
    await faults[name]?.(context, holdMs);
    if (random.next() < 0.5) await load.acknowledged(random.between(1, 40));
  }
}
