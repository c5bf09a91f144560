import { expect, test } from "vitest";
import { metricUnit } from "./metric-unit.ts";

test.each([
  ["system/cpu_utilization_percentage", "%"],
  ["system/system_memory_usage_megabytes", "MB"],
  ["system/gpu_0_power_usage_watts", "W"],
  ["val/latency_ms", "ms"],
  ["epoch_seconds", "s"],
  ["val/loss", undefined],
  ["items", undefined],
  ["params", undefined],
])("%s is in %s", (name, unit) => {
  expect(metricUnit(name)).toBe(unit);
});
