import type { Scenario } from "./scenario.ts";
import { apiScenarios } from "./scenarios/api-scenarios.ts";
import { brokerScenarios } from "./scenarios/broker-scenarios.ts";
import { clockScenarios } from "./scenarios/clock-scenarios.ts";
import { consumerScenarios } from "./scenarios/consumer-scenarios.ts";
import { deliveryScenarios } from "./scenarios/delivery-scenarios.ts";
import { diskScenarios } from "./scenarios/disk-scenarios.ts";
import { loadScenarios } from "./scenarios/load-scenarios.ts";
import { networkScenarios } from "./scenarios/network-scenarios.ts";
import { postgresScenarios } from "./scenarios/postgres-scenarios.ts";
import { powerOfThreeScenarios } from "./scenarios/power-of-three-scenarios.ts";
import { powerScenarios } from "./scenarios/power-scenarios.ts";
import { randomMix, randomMixOfThree } from "./scenarios/random-mix.ts";

/** Every row of the fault table that one machine can produce. */
export const allScenarios: readonly Scenario[] = [
  ...consumerScenarios,
  ...apiScenarios,
  ...brokerScenarios.filter(({ system }) => system === "one broker"),
  ...postgresScenarios,
  ...deliveryScenarios,
  ...loadScenarios,
  ...clockScenarios,
  ...networkScenarios,
  randomMix,
  ...diskScenarios,
  ...powerScenarios,
  ...powerOfThreeScenarios,
  ...brokerScenarios.filter(({ system }) => system === "three brokers"),
  randomMixOfThree,
];
