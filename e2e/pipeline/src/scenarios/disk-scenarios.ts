import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findNoSmallDisk } from "../parts/small-disk.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const diskScenarios: readonly Scenario[] = [
  {
    name: "the disk of Postgres is full",
    invariants: "L R",
    system: "small disks",
    short: false,
    missing: findNoSmallDisk,
    async run({ system, load, note }) {
      await system.disks?.postgres.fill(0);
      await until("Postgres finds no space", 60_000, async () => {
        const log = await readFile(join(system.folder, "postgres.log"), "utf8");
        return /No space left on device/.test(log);
      });
      await pause(3_000);
      note(`Postgres ${(await system.postgres.answers()) ? "goes on" : "gave up"}`);
      system.disks?.postgres.free();
      // Whoever keeps it running starts it again; nobody else is needed.
      if (!(await system.postgres.answers())) {
        await system.postgres.stop("SIGKILL");
        await system.postgres.start();
      }
      await load.acknowledged(20);
    },
  },
  {
    name: "the disk of the broker is full",
    invariants: "L R",
    system: "small disks",
    short: true,
    missing: findNoSmallDisk,
    async run({ system, load, note }) {
      const [broker] = system.kafka.brokers;
      const before = load.meetings.statuses.get(503) ?? 0;
      await system.disks?.broker.fill(0);
      await until("writers are told to come again", 60_000, () => {
        return (load.meetings.statuses.get(503) ?? 0) > before;
      });
      system.disks?.broker.free();
      const gone = broker?.process?.exitCode !== null;
      note(`the broker ${gone ? "halted" : "goes on"}`);
      await broker?.stop();
      await broker?.start();
      await load.acknowledged(20);
    },
  },
];
