import type { Attributes, Context, Span } from "@opentelemetry/api";

/** A piece of work on its way. */
export interface OpenSpan {
  /** Runs work whose own spans, and whose `traceparent`, belong below this one. */
  run<T>(work: () => T): T;
  setAttributes(attributes: Attributes): void;
  end(failure?: unknown): void;
}

export interface SpanOptions {
  /** The caller's trace, in the form of the W3C header; the present span otherwise. */
  readonly parent?: string | undefined;
  readonly kind?: "server" | "producer" | "consumer" | "internal";
  readonly attributes?: Attributes;
  /** Milliseconds since 1970; now otherwise. */
  readonly startedAt?: number | undefined;
}

/** Where requests go, from the door to the store. Without a collector nothing is recorded and nothing is loaded. */
export interface Tracing {
  open(name: string, options?: SpanOptions): OpenSpan;
  /** The present span in the form of the W3C header, for whoever goes on with the work. */
  traceparent(): string | undefined;
  /** Sends what is left. */
  stop(): Promise<void>;
}

const nothing: OpenSpan = { run: (work) => work(), setAttributes() {}, end() {} };

export const noTracing: Tracing = {
  open: () => nothing,
  traceparent: () => undefined,
  stop: async () => {},
};

/**
 * Sends spans to a collector by OTLP over HTTP. `share` of the traces that begin here are recorded; those that began
 * elsewhere as their beginner decided.
 */
export async function startTracing(options: {
  /** Undefined: no tracing. */
  readonly endpoint: string | undefined;
  readonly service: string;
  /** 0 to 1. */
  readonly share: number;
}): Promise<Tracing> {
  if (options.endpoint === undefined) return noTracing;
  const [api, { TracerProvider, BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler }] =
    await Promise.all([import("@opentelemetry/api"), import("@opentelemetry/sdk-trace")]);
  const [
    { OTLPTraceExporter },
    { AsyncLocalStorageContextManager },
    { W3CTraceContextPropagator },
    resources,
  ] = await Promise.all([
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/context-async-hooks"),
    import("@opentelemetry/core"),
    import("@opentelemetry/resources"),
  ]);
  const provider = new TracerProvider({
    resource: resources.resourceFromAttributes({ "service.name": `runweir-${options.service}` }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/+$/, "")}/v1/traces` }),
      }),
    ],
  });
  const tracer = provider.getTracer("runweir");
  const contexts = new AsyncLocalStorageContextManager().enable();
  const propagator = new W3CTraceContextPropagator();
  const kinds = {
    server: api.SpanKind.SERVER,
    producer: api.SpanKind.PRODUCER,
    consumer: api.SpanKind.CONSUMER,
    internal: api.SpanKind.INTERNAL,
  };

  function contextOf(parent: string | undefined): Context {
    if (parent === undefined) return contexts.active();
    return propagator.extract(api.ROOT_CONTEXT, { traceparent: parent }, api.defaultTextMapGetter);
  }

  return {
    open(name, { parent, kind = "internal", attributes = {}, startedAt } = {}) {
      const around = contextOf(parent);
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], attributes, ...(startedAt === undefined ? {} : { startTime: startedAt }) },
        around,
      );
      const within = api.trace.setSpan(around, span);
      return {
        run: (work) => contexts.with(within, work),
        setAttributes: (more) => void span.setAttributes(more),
        end: (failure) => endSpan(span, failure, api.SpanStatusCode.ERROR),
      };
    },
    traceparent() {
      const carrier: Record<string, string> = {};
      propagator.inject(contexts.active(), carrier, api.defaultTextMapSetter);
      return carrier.traceparent;
    },
    async stop() {
      await provider.shutdown().catch(() => {});
      contexts.disable();
    },
  };
}

function endSpan(span: Span, failure: unknown, errorCode: number): void {
  if (failure !== undefined)
    span.setStatus({
      code: errorCode,
      message: failure instanceof Error ? failure.message : JSON.stringify(failure),
    });
  span.end();
}
