import type { Scenario } from "./scenario.ts";
import { apiScenarios } from "./scenarios/api-scenarios.ts";
import { brokerScenarios } from "./scenarios/broker-scenarios.ts";
import { consumerScenarios } from "./scenarios/consumer-scenarios.ts";
import { postgresScenarios } from "./scenarios/postgres-scenarios.ts";

/** Every row of the fault table that one machine can produce. */
export const allScenarios: readonly Scenario[] = [
  ...consumerScenarios,
  ...apiScenarios,
  ...brokerScenarios,
  ...postgresScenarios,
];
