import { join, resolve } from "node:path";
import { type ZoneName, zones } from "@runweir/web-zones";
import { startZone, type ZoneServer } from "./zone-server.ts";

const root = resolve(import.meta.dirname, "../../../..");

/** Starts every zone's server: the built ones, or without `folders` Next.js on the sources. */
export async function startZones(options: {
  readonly folders: Readonly<Record<ZoneName, string>> | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  onProblem(message: string): void;
}): Promise<{ readonly urls: Record<ZoneName, string>; stop(): Promise<void> }> {
  const names = Object.keys(zones) as ZoneName[];
  const { folders, environment, onProblem } = options;
  const started = await Promise.allSettled(
    names.map((name) =>
      startZone({
        name,
        environment,
        onProblem,
        ...(folders
          ? {
              folder: folders[name],
              // A page server holds no data; left alone, it would grow to gigabytes before it collects garbage.
              command: () => ["--max-old-space-size=128", join(folders[name], "server.js")],
            }
          : {
              folder: join(root, zones[name].app),
              command: (port) => [
                join(root, "node_modules/next/dist/bin/next"),
                "dev",
                "--hostname",
                "127.0.0.1",
                "--port",
                String(port),
              ],
            }),
      }),
    ),
  );
  const running = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async () => {
    await Promise.all(running.map((zone: ZoneServer) => zone.stop()));
  };
  const failed = started.find((result) => result.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return {
    urls: Object.fromEntries(running.map(({ name, url }) => [name, url])) as Record<ZoneName, string>,
    stop,
  };
}
