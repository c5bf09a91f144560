import { readPositions } from "../check/positions.ts";
import type { System } from "../parts/start-system.ts";
import type { ScenarioContext } from "../scenario.ts";
import { killBroker } from "./end-process.ts";

/** All that a broker has written until now reaches its disk. */
export async function writeBack({ kafka, brokerDisks }: Disks, place: number): Promise<void> {
  const running = kafka.brokers[place]?.process;
  running?.kill("SIGSTOP");
  try {
    await brokerDisks[place]?.writeBack();
  } finally {
    running?.kill("SIGCONT");
  }
}

/** The machine of a broker stops, and what was not on its disk is gone. */
export async function cutBroker({ kafka, brokerDisks }: Disks, place: number): Promise<void> {
  const broker = kafka.brokers[place];
  if (broker) await killBroker(broker);
  await brokerDisks[place]?.losePower();
}

export async function cutPostgres({ postgres }: System): Promise<void> {
  await postgres.killAll();
  await postgres.disk?.losePower();
}

/** What the log alone had, and Postgres not yet, is the window that is documented; all else stays due. */
export async function losePower(
  { system, ledger, note }: ScenarioContext,
  cut: () => Promise<unknown>,
): Promise<void> {
  const applied = await readPositions(system);
  await cut();
  const lost = ledger.loseLogged(({ partition, offset }) => offset < (applied.get(partition) ?? 0));
  note(`${lost} points were acknowledged by the log alone`);
}

type Disks = Pick<System, "kafka" | "brokerDisks">;
