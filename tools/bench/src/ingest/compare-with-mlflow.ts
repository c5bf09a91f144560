import type { ChildServer } from "@runweir/server";
import type { BenchOptions } from "../tracking/bench-tracking.ts";
import { prepareMlflow } from "../tracking/prepare-mlflow.ts";
import { median } from "../tracking/report-ratios.ts";
import { mlflowBatch } from "./batch-bodies.ts";
import { doors } from "./doors.ts";
import { sendBodies } from "./send-bodies.ts";
import { createRuns, drain, startSystem } from "./start-system.ts";

interface Ratio {
  readonly door: string;
  readonly aim: number;
  readonly pointsPerSecond: number;
  readonly mlflowPointsPerSecond: number;
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Points a second of every door through Kafka against the real MLflow server's log-batch, in turn, round after round. The
 * faster of four workers and one counts in each round; ours is counted until everything can be read.
 */
export async function compareWithMlflow(
  folder: string,
  options: BenchOptions,
): Promise<{ readonly ratios: readonly Ratio[]; readonly text: string }> {
  const mlflow = await prepareMlflow(folder);
  const started: ChildServer[] = [];
  try {
    const ours = await startSystem(folder, "kafka");
    started.push(ours);
    const theirs = [await mlflow.start(4), await mlflow.start(1)];
    started.push(...theirs);
    const compared = doors.filter(({ name }) => !/log-metric|offered/.test(name));
    const sends = await Promise.all(
      compared.map(async (door) => door.open(ours.url, await createRuns(ours.url, 8))),
    );
    const theirSends = await Promise.all(
      theirs.map(async ({ url }) => {
        const sources = (await createRuns(url, 8)).map((runId) => mlflowBatch(runId, 1_000));
        return (seconds: number) => sendBodies(url, sources, { seconds });
      }),
    );
    const rounds: { readonly mlflow: number; readonly doors: readonly number[] }[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const figures: number[] = [];
      for (const send of theirSends) {
        const sent = await send(options.seconds);
        figures.push(sent.points / sent.seconds);
      }
      const own: number[] = [];
      for (const send of sends) {
        const sent = await send(options.seconds);
        own.push(sent.points / (sent.seconds + (await drain(ours.url)) / 1_000));
      }
      rounds.push({ mlflow: Math.max(...figures), doors: own });
    }
    const ratios = compared.map(({ name }, i) => {
      const each = rounds.map((round) => (round.doors[i] as number) / round.mlflow);
      return {
        door: name,
        aim: name.startsWith("MLflow") ? 20 : 100,
        pointsPerSecond: median(rounds.map((round) => round.doors[i] as number)),
        mlflowPointsPerSecond: median(rounds.map((round) => round.mlflow)),
        ratio: median(each),
        lowest: Math.min(...each),
        highest: Math.max(...each),
      };
    });
    return { ratios, text: ratios.map(formatRatio).join("\n") };
  } finally {
    for (const server of started) await server.stop();
    await mlflow.stopDatabase();
  }
}

function formatRatio(one: Ratio): string {
  return `kafka, ${one.door}: ${one.pointsPerSecond.toFixed(0)} points/s against ${one.mlflowPointsPerSecond.toFixed(0)} of MLflow's log-batch: ${one.ratio.toFixed(1)}x (${one.lowest.toFixed(1)}-${one.highest.toFixed(1)}), aim ${one.aim}x`;
}
