import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("durations are counted by route and status", async () => {
  const metrics = createMetrics("api");
  metrics.observeRequest({ method: "GET", route: "/things/:id", status: 200, seconds: 0.02 });
  const { text, contentType } = await metrics.render();
  expect(contentType).toContain("text/plain");
  expect(text).toMatch(
    /runweir_http_request_duration_seconds_bucket\{le="0\.025",service="api",method="GET",route="\/things\/:id",status="200"\} 1/,
  );
});

test("event-loop lag and memory are there", async () => {
  const { text } = await createMetrics("api").render();
  expect(text).toContain("nodejs_eventloop_lag_seconds");
  expect(text).toContain("process_resident_memory_bytes");
});

test("a pool is read when it is asked for", async () => {
  const metrics = createMetrics("api");
  const pool = { totalCount: 3, idleCount: 1, waitingCount: 0 };
  metrics.trackPool("main", pool);
  pool.waitingCount = 4;
  const { text } = await metrics.render();
  expect(text).toContain('runweir_pool_connections{pool="main",state="busy",service="api"} 2');
  expect(text).toContain('runweir_pool_connections{pool="main",state="waiting",service="api"} 4');
});
