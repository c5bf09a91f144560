import type { SeriesPoints, SeriesStatistics } from "@runweir/ingest-domain";
import type { ChartRequest, ChartSeries } from "./chart-series.ts";
import type { DeliveryLedger } from "./delivery/delivery.ts";

/**
 * Reads of metric series, always exact: folded statistics and merged chunks together with whatever was written a moment
 * ago. Runs that do not exist are simply absent from answers; the service has checked them.
 */
export interface MetricReader {
  statistics(
    runIds: readonly string[],
    keys?: readonly string[],
  ): Promise<ReadonlyMap<string, readonly SeriesStatistics[]>>;
  /** A page of the series ordered by (timestamp, step, value), and how many points it has in all. */
  history(request: {
    readonly runId: string;
    readonly key: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly points: SeriesPoints; readonly total: number }>;
  interval(request: {
    readonly runIds: readonly string[];
    readonly key: string;
    readonly startStep?: number | undefined;
    readonly endStep?: number | undefined;
    readonly maxResults: number;
  }): Promise<readonly { readonly runId: string; readonly points: SeriesPoints }[]>;
  chart(request: ChartRequest): Promise<readonly ChartSeries[]>;
  /** What became of what was sent for this run, as of one moment. */
  delivery(runId: string): Promise<DeliveryLedger>;
  /** The digest of a certificate (see `createRunDigest`) over all that is stored, and how much that is. */
  digest(runId: string): Promise<{ readonly points: number; readonly digest: string }>;
  /** Folds what is still unfolded in these experiments, so that a search over statistics that follows is exact. */
  catchUp(experimentIds: readonly string[]): Promise<void>;
}
