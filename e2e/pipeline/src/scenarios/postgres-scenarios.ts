import { setTimeout as pause } from "node:timers/promises";
import { addRuns, logPoints } from "../load/log-points.ts";
import { callMlflow } from "../load/mlflow-client.ts";
import { isApplyStatement } from "../proxy/requests.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const postgresScenarios: readonly Scenario[] = [
  {
    name: "kill -9 of a Postgres backend",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run({ system, load, random, long }) {
      for (let i = 0; i < (long ? 10 : 2); i += 1) {
        const rows = await system.database.query<{ pid: number }>(
          "SELECT pid FROM pg_stat_activity WHERE application_name ~ '^(ingest|api)[12]$'",
        );
        // The postmaster then ends all others and recovers.
        process.kill(random.pick(rows).pid, "SIGKILL");
        await load.acknowledged(30);
      }
    },
  },
  {
    name: "kill -9 of the Postgres postmaster",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run({ system, random }) {
      await system.postgres.stop("SIGKILL");
      await pause(random.between(0, 1_500));
      await system.postgres.start();
    },
  },
  {
    name: "immediate shutdown of Postgres",
    invariants: "L D M R",
    system: "one broker",
    short: false,
    async run({ system, random, long }) {
      await system.postgres.stop("SIGQUIT");
      await pause(long ? 30_000 : random.between(500, 3_000));
      await system.postgres.start();
    },
  },
  {
    name: "answers of Postgres lost after its COMMIT",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run({ system, load, long }) {
      const { ingest1, ingest2 } = system.proxies.postgres;
      for (let i = 0; i < (long ? 10 : 2); i += 1) {
        await Promise.race([ingest1, ingest2].map((way) => way.loseAnswers(isApplyStatement, 2)));
        await load.acknowledged(20);
      }
    },
  },
  {
    name: "Postgres restored to an earlier backup, with older positions",
    invariants: "L D M R",
    system: "one broker",
    short: true,
    async run(context) {
      const { system, load, ledger, long } = context;
      const quiet = await addRuns(system, ledger, 4);
      await system.postgres.stop("SIGINT");
      await system.postgres.backUp();
      await system.postgres.start();
      // Under names that the backup does not know, and in partitions to which nobody writes afterwards.
      for (const runId of quiet) {
        await until("the database is back for the APIs", 20_000, async () => {
          const replies = await Promise.all(
            system.apis.map((api) => callMlflow(api, "runs/get", { query: { run_id: runId } })),
          );
          return replies.every((reply) => reply.kind === "answer" && reply.status === 200);
        });
        await logPoints(context, runId, { requests: 4, keys: [`new-${runId}`] });
      }
      await load.acknowledged(long ? 2_000 : 100);
      // Sessions outlive their server for a moment, and would write into the folder while it is replaced.
      await system.postgres.killAll();
      await system.postgres.restore();
      await system.postgres.start();
      return { replayed: true };
    },
  },
];
