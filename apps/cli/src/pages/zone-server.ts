import { findFreePort } from "@runweir/ports";
import type { ZoneName } from "@runweir/web-zones";
import { type ChildService, startChildService } from "../services/child-service.ts";

export interface ZoneServer extends ChildService {
  readonly name: ZoneName;
}

interface ZoneOptions {
  readonly name: ZoneName;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Arguments of Node. */
  command(port: number): readonly string[];
  onProblem(message: string): void;
}

/** Starts one zone's page server on a free port of loopback, waits until it listens, and keeps it running. */
export async function startZone(options: ZoneOptions): Promise<ZoneServer> {
  const { name, folder, onProblem } = options;
  const port = await findFreePort();
  const service = await startChildService({
    name: `The ${name} pages`,
    folder,
    command: options.command(port),
    environment: {
      ...options.environment,
      PORT: String(port),
      HOSTNAME: "127.0.0.1",
      NEXT_TELEMETRY_DISABLED: "1",
      // Longer than the page proxy keeps a connection it does not use, or the two would meet half-way.
      KEEP_ALIVE_TIMEOUT: "120000",
    },
    url: `http://127.0.0.1:${port}`,
    // Any answer will do; a path without a page is the cheapest.
    readyPath: "/_ready",
    onProblem,
  });
  return { name, ...service };
}
