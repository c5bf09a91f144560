const units: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/[_/](percentage|percent|pct)$/, "%"],
  [/[_/](gigabytes|gb)$/, "GB"],
  [/[_/](megabytes|mb)$/, "MB"],
  [/[_/]bytes$/, "B"],
  [/[_/]watts$/, "W"],
  [/[_/]celsius$/, "°C"],
  [/[_/](milliseconds|millis|ms)$/, "ms"],
  [/[_/](seconds|secs|sec)$/, "s"],
];

/** The unit that a metric's name ends with, as those of MLflow's system metrics do; undefined when it names none. */
export function metricUnit(name: string): string | undefined {
  return units.find(([ending]) => ending.test(name.toLowerCase()))?.[1];
}
