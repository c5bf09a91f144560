import { DomainError } from "@runweir/errors";
import type { Command } from "./command.ts";
import { readStartSettings } from "./config.ts";
import { startRunweir } from "./start-runweir.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

export const startCommand: Command = {
  name: "start",
  summary: "everything on this machine: database, API, pages",
  usage: `runweir start [options]

  --port N       the one public port (5050)
  --data FOLDER  where everything is kept (./.runweir)
  --host NAME    what to listen on (127.0.0.1)
  --identity     everybody has to sign in (always so on other hosts)
  --kafka        metrics through a Kafka of its own (needs Java 17 and Maven)
  --no-pages     the API alone, without the pages
  --no-warehouse no snapshots, and so no SQL over them
  --dev          pages from their sources, reloaded when they change

RUNWEIR_DATABASE_URL uses a Postgres of your own (15 or newer) instead of the one in the data folder,
RUNWEIR_KAFKA_BROKERS a Kafka of your own (host:port, separated by commas).`,

  async run(words) {
    // From here on a signal stops what has been started, in order, also half-way through the start.
    const stop = stopOnSignal();
    try {
      await stop.during(startRunweir(await readStartSettings(words), stop));
      return undefined;
    } catch (error) {
      const failed = !stop.signal.aborted;
      if (failed) console.error(error instanceof DomainError ? `\n${error.message}` : error);
      await stop.now();
      return failed ? 1 : undefined;
    }
  },
};
