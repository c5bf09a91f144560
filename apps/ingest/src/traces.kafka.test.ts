import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createApi, readApiSettings } from "@runweir/api-app";
import { kafkaMissing } from "@runweir/kafka-broker/testing";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { expect, onTestFinished, test } from "vitest";
import { createTestPipeline } from "../testing/test-pipeline.ts";

interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/** What a collector would receive, by the protocol's JSON form. */
async function startCollector() {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
        const service = resource.attributes.find((one: { key: string }) => one.key === "service.name").value
          .stringValue;
        for (const scope of scopeSpans)
          spans.push(...scope.spans.map((span: ReceivedSpan) => ({ ...span, service })));
      }
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { spans, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test.skipIf(kafkaMissing)("a request is one trace from the door to the commit", async () => {
  const collector = await startCollector();
  const pipeline = await createTestPipeline();
  const { database, settings } = pipeline;
  const ingest = await pipeline.startIngest({ traces: { endpoint: collector.endpoint, share: 0 } });
  const api = await createApi({
    settings: {
      ...readApiSettings({ RUNWEIR_PORT: "0", RUNWEIR_LOG_LEVEL: "silent" }),
      kafka: settings,
      traces: { endpoint: collector.endpoint, share: 0 },
    },
    databaseUrl: database.url,
    zoneUrls: {},
  });
  await insertRun(database, "traced");
  const send = (headers: Record<string, string>) =>
    api.server.inject({
      method: "POST",
      url: "/api/2.0/mlflow/runs/log-metric",
      headers: { host: "127.0.0.1", ...headers },
      payload: { run_id: "traced", key: "loss", value: 1, timestamp: 1, step: Object.keys(headers).length },
    });
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const caller = "b7ad6b7169203331";
  expect((await send({ traceparent: `00-${traceId}-${caller}-01` })).statusCode).toBe(200);
  // One that nobody asked to trace, with a share of nothing, leaves none.
  expect((await send({})).statusCode).toBe(200);
  await pipeline.openLog().awaitApplied("all");
  await api.close();
  await ingest.close();

  expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const named = (name: string) => collector.spans.find((span) => span.name === name);
  const request = named("POST /api/2.0/mlflow/runs/log-metric");
  const append = named("append points");
  const apply = named("apply points");
  expect(request).toMatchObject({ service: "runweir-api", parentSpanId: caller });
  expect(append).toMatchObject({ service: "runweir-api", parentSpanId: request?.spanId });
  expect(apply).toMatchObject({ service: "runweir-ingest", parentSpanId: append?.spanId });
  await pipeline.drop();
});
