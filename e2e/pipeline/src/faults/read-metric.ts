import type { ServiceProcess } from "../parts/service-process.ts";

/** The sum of a figure over all its labels, or those with `label`. */
export type Figures = (name: string, label?: string) => number;

/** What a process tells of itself now. */
export async function readFigures(service: ServiceProcess): Promise<Figures> {
  const text = await (await fetch(`${service.url}/metrics`, { signal: AbortSignal.timeout(10_000) })).text();
  const lines = text.split("\n");
  return (name, label = "") =>
    lines
      .filter((line) => (line.startsWith(`${name} `) || line.startsWith(`${name}{`)) && line.includes(label))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

/** The sum of a figure over all its labels, as the process tells it now. */
export async function metricOf(service: ServiceProcess, name: string): Promise<number> {
  return (await readFigures(service))(name);
}
