import { DomainError } from "@runweir/errors";
import { readStartSettings } from "./config.ts";
import { startRunweir } from "./start-runweir.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

const usage = `runweir start [options]

  --port N       the one public port (5050)
  --data FOLDER  where everything is kept (./.runweir)
  --host NAME    what to listen on (127.0.0.1)
  --kafka        metrics through a Kafka of its own (needs Java 17 and Maven)
  --no-pages     the API alone, without the pages
  --dev          pages from their sources, reloaded when they change

RUNWEIR_DATABASE_URL uses a Postgres of your own (15 or newer) instead of the one in the data folder,
RUNWEIR_KAFKA_BROKERS a Kafka of your own (host:port, separated by commas).`;

/** Runs a command line; what a person must know of a failure is one sentence, and the exit code is 1. */
export async function runCommand(words: readonly string[]): Promise<void> {
  const [command, ...options] = words;
  if (command !== "start" || options.includes("--help")) {
    const asked = command === undefined || command === "help" || words.includes("--help");
    if (!asked) console.error(`There is no command ${JSON.stringify(command)}.\n`);
    console.log(usage);
    process.exitCode = asked ? 0 : 1;
    return;
  }
  // From here on a signal stops what has been started, in order, also half-way through the start.
  const stop = stopOnSignal();
  try {
    await stop.during(startRunweir(readStartSettings(options), stop));
  } catch (error) {
    if (!stop.signal.aborted) {
      console.error(error instanceof DomainError ? `\n${error.message}` : error);
      process.exitCode = 1;
    }
    await stop.now();
  }
}
