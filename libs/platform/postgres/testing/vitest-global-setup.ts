import { startTestPostgres } from "./test-server.ts";

/** Starts one Postgres for the whole vitest run; test files make their own databases on it. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  process.env.RUNWEIR_TEST_POSTGRES = server.url;
  return () => server.stop();
}
