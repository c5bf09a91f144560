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
    putFile: (caller, runId, path, bytes) =>
      services.artifacts.put(caller, { kind: "run", runId }, path, Readable.from([bytes])),
  };
}
