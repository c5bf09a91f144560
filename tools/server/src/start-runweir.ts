import { join, resolve } from "node:path";
import { findFreePort } from "@runweir/ports";
import { type ChildServer, startChildServer } from "./child-server.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Runweir exactly as `npm start` runs it, pages and database included, on a free port with its data in `folder`. */
export async function startRunweir(
  folder: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<ChildServer> {
  const port = await findFreePort();
  return startChildServer({
    name: "Runweir",
    command: process.execPath,
    args: [
      join(root, "apps/cli/src/main.ts"),
      "start",
      "--port",
      String(port),
      "--data",
      join(folder, "runweir"),
      ...args,
    ],
    url: `http://127.0.0.1:${port}`,
    readyPath: "/health/ready",
    logFile: join(folder, "runweir.log"),
    cwd: root,
    env,
    limitMs: 400_000,
  });
}
