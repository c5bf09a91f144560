import { startTestServer } from "@runweir/http/testing";
import {
  type AppendReceipt,
  type AppendRequest,
  createIngestion,
  encodeSegment,
  type Quotas,
} from "@runweir/ingest-domain";
import { type PointRow, rowsOf } from "@runweir/ingest-formats/testing";
import { ingestPoints } from "../src/ingest-points.ts";
import type { Limits } from "../src/limits.ts";

/** The door on a real server, over a log that keeps in memory what it encoded. */
export async function startDoor(
  options: {
    readonly limits?: Partial<Limits>;
    readonly quotas?: Quotas;
    /** Decides about an append that was encoded; accepts it unless told. */
    readonly decide?: (
      request: AppendRequest,
    ) => AppendReceipt | undefined | Promise<AppendReceipt | undefined>;
  } = {},
) {
  const appended: AppendRequest[] = [];
  const log = {
    async append(request: AppendRequest): Promise<AppendReceipt> {
      encodeSegment(request.runId, request.points);
      const decided = await options.decide?.(request);
      if (decided) return decided;
      // The columns are the door's again once this has resolved.
      appended.push({ ...request, points: structuredClone(request.points) });
      const applied = request.acknowledgement === "applied";
      return { status: "accepted", applied, position: { partition: 1, offset: appended.length } };
    },
  };
  const ingestion = createIngestion({ log, quotas: options.quotas });
  const running = await startTestServer({
    routes: (server) => server.register(ingestPoints({ ingestion, limits: options.limits })),
  });
  return {
    ...running,
    appended,
    rows: (): PointRow[] => rowsOf(appended),
    points: `${running.url}/ingest/v1/points`,
  };
}
