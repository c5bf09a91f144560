import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** The part of a connection pool that its gauges read; `pg.Pool` has it. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export interface Metrics {
  readonly registry: Registry;
  /** `route` is the route's pattern, never a raw path: every value is a time series of its own. */
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  trackPool(name: string, pool: PoolCounts): void;
  /** Everything in Prometheus' text format, and its content type. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** From a cached read to a bulk upload; in seconds. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * A registry of its own per service, so that two servers in one process (tests) do not meet. Event-loop lag, garbage
 * collection, CPU and memory come with it.
 */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "runweir_http_request_duration_seconds",
    help: "Time from the request's arrival to the end of its answer.",
    labelNames: ["method", "route", "status"],
    buckets: durationBuckets,
    registers: [registry],
  });
  const pools = new Map<string, PoolCounts>();
  new Gauge({
    name: "runweir_pool_connections",
    help: "Database connections by state; `waiting` counts requests queued for one.",
    labelNames: ["pool", "state"],
    registers: [registry],
    collect() {
      for (const [pool, counts] of pools) {
        this.set({ pool, state: "idle" }, counts.idleCount);
        this.set({ pool, state: "busy" }, counts.totalCount - counts.idleCount);
        this.set({ pool, state: "waiting" }, counts.waitingCount);
      }
    },
  });
  return {
    registry,
    observeRequest({ method, route, status, seconds }) {
      durations.observe({ method, route, status }, seconds);
    },
    trackPool(name, pool) {
      pools.set(name, pool);
    },
    async render() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
