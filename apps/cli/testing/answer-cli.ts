import { type Database, openDatabase } from "@runweir/postgres";
import { expect, onTestFinished } from "vitest";
import { findRunningCluster } from "../src/postgres/running-cluster.ts";
import { runCli } from "./run-cli.ts";

/** What a command printed, once it has ended with this code. */
export async function answer(args: readonly string[], code = 0): Promise<string> {
  const cli = runCli(args);
  expect(await cli.ended, cli.output()).toBe(code);
  return cli.output();
}

/** The database of a Runweir that runs over this data folder. */
export async function openHome(home: string): Promise<Database> {
  const database = openDatabase({ url: await findRunningCluster(home), applicationName: "test" });
  onTestFinished(() => database.close());
  return database;
}
