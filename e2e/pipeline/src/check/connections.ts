import { readFigures } from "../faults/read-metric.ts";
import { openSockets } from "../parts/open-sockets.ts";
import type { ServiceProcess } from "../parts/service-process.ts";
import type { System } from "../parts/start-system.ts";
import type { TcpProxy } from "../proxy/tcp-proxy.ts";
import { until } from "../until.ts";

/** Each service hears of changes on one connection of its pool, for as long as it runs. */
const listening = 1;

/**
 * The clients of kafkajs that a service is: an API's producer and what tells the ends of the log; of the ingest service an
 * administrator, and for each of two topics a consumer and what tells the ends.
 */
const kafkaClients = { api: 2, ingest: 5 } as const;
/** What each may hold to a broker: one for long requests, one for others. */
const perBroker = 2;

/**
 * With nothing left to do, what is open is what is meant to be: to Postgres the connections of the pools and none besides, on
 * both ends; none of them lent for good; to each broker no more than the clients need. Waits, since ends take a moment.
 */
export async function findLeaks(system: System, limitMs: number): Promise<readonly string[]> {
  let leaks: readonly string[] = [];
  await until("no connection leaks", limitMs, async () => {
    const { postgres, kafka } = system.proxies;
    const [first, second] = system.apis;
    leaks = (
      await Promise.all([
        leaksOf(system, first, postgres.api1, kafka.apis[0] ?? [], kafkaClients.api),
        leaksOf(system, second, postgres.api2, kafka.apis[1] ?? [], kafkaClients.api),
        leaksOf(system, system.ingests[0], postgres.ingest1, kafka.ingests, kafkaClients.ingest),
        leaksOf(system, system.ingests[1], postgres.ingest2, kafka.ingests, kafkaClients.ingest),
      ])
    ).flat();
    return leaks.length === 0;
  }).catch(() => {});
  return leaks;
}

async function leaksOf(
  { database }: System,
  service: ServiceProcess,
  toPostgres: TcpProxy,
  toBrokers: readonly TcpProxy[],
  clients: number,
): Promise<readonly string[]> {
  const { name, pid } = service;
  if (pid === undefined) return [`R: ${name} does not run`];
  // Both figures by one question: that is one query, which the next would count.
  const figures = await readFigures(service);
  const busy = figures("runweir_pool_connections", 'state="busy"');
  const pooled = busy + figures("runweir_pool_connections", 'state="idle"');
  const sessions = await database.query<{ count: number }>(
    "SELECT count(*) AS count FROM pg_stat_activity WHERE application_name = $1",
    [name],
  );
  const sockets = openSockets(pid);
  const open = sockets.get(toPostgres.port) ?? 0;
  const served = sessions[0]?.count ?? 0;
  const leaks: string[] = [];
  if (open > pooled)
    leaks.push(`R: ${name} has ${open} connections to Postgres, its pools know of ${pooled}`);
  if (served > pooled)
    leaks.push(`R: Postgres has ${served} sessions of ${name}, whose pools know of ${pooled}`);
  if (busy > listening)
    leaks.push(`R: ${busy} connections of ${name} are lent although nothing is asked of it`);
  for (const [place, { port }] of toBrokers.entries()) {
    const held = sockets.get(port) ?? 0;
    if (held > clients * perBroker)
      leaks.push(
        `R: ${name} has ${held} connections to broker ${place + 1}, ${clients * perBroker} are enough`,
      );
  }
  return leaks;
}
