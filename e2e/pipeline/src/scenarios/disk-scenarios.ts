import { setTimeout as pause } from "node:timers/promises";
import { watchLog } from "../faults/watch-log.ts";
import { writeTags } from "../load/write-tags.ts";
import type { System } from "../parts/start-system.ts";
import type { Scenario } from "../scenario.ts";
import { until } from "../until.ts";

export const diskScenarios: readonly Scenario[] = [
  {
    name: "the disk of Postgres is full",
    invariants: "L R",
    system: "small disks",
    short: false,
    async run({ system, load, note }) {
      const log = await watchLog(system, "postgres");
      await system.disks?.postgres.fill(0);
      await until("Postgres finds no space", 60_000, async () =>
        (await log()).some((line) => /No space left on device/.test(line)),
      );
      await pause(3_000);
      note(`Postgres ${(await system.postgres.answers()) ? "goes on" : "gave up"}`);
      system.disks?.postgres.free();
      await startAgain(system);
      await load.acknowledged(20);
    },
  },
  {
    name: "the disk of Postgres's write-ahead log is full",
    invariants: "L R",
    system: "small disks",
    short: true,
    async run({ system, load, note }) {
      const log = await watchLog(system, "postgres");
      const tags = await writeTags(system);
      await system.disks?.writeAheadLog.fill(0);
      await until("Postgres panics for want of space for its write-ahead log", 60_000, async () => {
        await tags.write();
        // Each asks for one file more, until no old one is left to be written over.
        await system.database.query("SELECT pg_switch_wal()").catch(() => {});
        return (await log()).some((line) => /PANIC:.*No space left on device/.test(line));
      });
      await until("both APIs refuse what they cannot store", 30_000, () => tags.areRefused());
      note(`Postgres ${(await system.postgres.answers()) ? "goes on" : "gave up"}`);
      system.disks?.writeAheadLog.free();
      await startAgain(system);
      await load.acknowledged(20);
      note(`${await tags.check()} tags acknowledged until then, refused with ${tags.refusals()}`);
    },
  },
  {
    name: "the disk of the broker is full",
    invariants: "L R",
    system: "small disks",
    short: true,
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

/** Whoever keeps Postgres running starts it again; nobody else is needed. */
async function startAgain({ postgres }: System): Promise<void> {
  if (await postgres.answers()) return;
  await postgres.stop("SIGKILL");
  await postgres.start();
}
