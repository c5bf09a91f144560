import { Readable } from "node:stream";
import type { Artifacts } from "@runweir/artifacts-domain";
import type { DemoTarget } from "@runweir/demo-domain";
import type { Tracking } from "@runweir/tracking-domain";

/** The demo project writes through the same services as everybody. */
export function createDemoTarget(services: {
  readonly tracking: Tracking;
  readonly artifacts: Artifacts;
  readonly clock: { now(): number };
}): DemoTarget {
  return {
    tracking: services.tracking,
    clock: services.clock,
    async putFile(caller, artifactUri, path, bytes) {
      const [, runId] = /\/([0-9a-f]{32})\/artifacts$/.exec(artifactUri) ?? [];
      if (runId === undefined) throw new Error(`${artifactUri} is no run's artifact folder`);
      await services.artifacts.put(caller, { kind: "run", runId }, path, Readable.from([bytes]));
    },
  };
}
