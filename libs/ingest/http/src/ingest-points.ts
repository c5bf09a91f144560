import "@runweir/http";
import { DomainError } from "@runweir/errors";
import type { Acknowledgement, Ingestion, RunReceipt } from "@runweir/ingest-domain";
import { refused } from "@runweir/ingest-formats";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { receiptAnswer, statusOf } from "./answer.ts";
import { ingestArrow } from "./arrow/ingest-arrow.ts";
import { ByteBudget } from "./body/byte-budget.ts";
import { decodedBody } from "./body/decoded-body.ts";
import { errorLine, isForeseen } from "./error-line.ts";
import { ingestJson } from "./json/ingest-json.ts";
import { type Limits, limits as usualLimits } from "./limits.ts";
import { ingestNdjson } from "./ndjson/ingest-ndjson.ts";
import type { PointsRequest } from "./points-request.ts";
import { streamAnswer } from "./stream-answer.ts";

export interface IngestPointsOptions {
  readonly ingestion: Ingestion;
  /** Other bounds than usual. */
  readonly limits?: Partial<Limits> | undefined;
}

const wholeForms: Readonly<Record<string, (request: PointsRequest) => Promise<readonly RunReceipt[]>>> = {
  "application/json": ingestJson,
  "application/x-ndjson": ingestNdjson,
};
const arrowType = "application/vnd.apache.arrow.stream";

/** `POST /ingest/v1/points`: metric points in the forms of the README, by content type. */
export function ingestPoints({ ingestion, ...options }: IngestPointsOptions): FastifyPluginAsync {
  const limits: Limits = { ...usualLimits, ...options.limits };
  const budget = new ByteBudget(limits);
  const reading = new Set<AbortController>();

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const acknowledgement = readAcknowledgement(request.query as Readonly<Record<string, unknown>>);
    const type = mediaTypeOf(request);
    const form = Object.hasOwn(wholeForms, type) ? wholeForms[type] : undefined;
    if (!form && type !== arrowType) throw unsupported(type);
    const lease = budget.open();
    const stop = new AbortController();
    reading.add(stop);
    const end = () => {
      reading.delete(stop);
      lease.end();
    };
    const points: PointsRequest = {
      pieces: decodedBody(request.raw, limits, stop.signal),
      lease,
      limits,
      append: (runs) => ingestion.append(request.caller, { runs, acknowledgement }),
      stopReading: () => stop.abort(),
    };
    if (!form) return answerArrow(points, request, reply, end);
    try {
      const receipts = await form(points);
      return reply.code(statusOf(receipts)).send({ runs: receipts.map(receiptAnswer) });
    } finally {
      end();
    }
  }

  /** Up to the first line the answer has no status yet, so a stream that fails at once is refused like any other request. */
  async function answerArrow(
    points: PointsRequest,
    request: FastifyRequest,
    reply: FastifyReply,
    end: () => void,
  ): Promise<FastifyReply> {
    const lines = ingestArrow(points);
    const first = await lines.next().catch((error: unknown) => {
      end();
      throw error;
    });
    async function* all(): AsyncGenerator<string, void, undefined> {
      try {
        if (!first.done) yield first.value;
        yield* lines;
      } catch (error) {
        if (!isForeseen(error)) request.log.error({ err: error }, "stream of points failed");
        yield errorLine(error, request.id);
      }
    }
    // Comes whether the answer was read to its end, or given up, or never begun.
    reply.raw.once("close", () => {
      points.stopReading();
      lines.return().then(end, end);
    });
    return reply
      .type("application/x-ndjson")
      .send(streamAnswer(all(), { raw: request.raw, answer: reply.raw }));
  }

  return async (door) => {
    // Each form reads the body by itself, in pieces.
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", (_request, _payload, done) => done(null));
    // A stream may be open for days; it ends, acknowledged as far as it was read, when the server does.
    door.addHook("preClose", async () => {
      const reason = new DomainError("unavailable", "The server is stopping. Please connect again.", {
        retryAfterSeconds: 1,
      });
      for (const stop of reading) stop.abort(reason);
    });
    // The door itself says when a sender has stopped; this is for one that it does not get to.
    const config = { permission: "points.write", bodyIdleMs: limits.idleMs * 2 } as const;
    door.post("/ingest/v1/points", { config }, handle);
  };
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

function readAcknowledgement(query: Readonly<Record<string, unknown>>): Acknowledgement {
  for (const name in query)
    if (name !== "ack") throw refused("query", "may have the parameter ack only", name);
  const { ack = "logged" } = query;
  if (ack === "logged" || ack === "applied") return ack;
  throw refused("ack", "must be logged or applied", ack);
}

/** The server's fallback answers errors that carry a status of their own with that. */
function unsupported(type: string): Error {
  const allowed = [...Object.keys(wholeForms), arrowType].join(", ");
  return Object.assign(
    new Error(`Content-Type must be one of ${allowed}. Found ${JSON.stringify(type.slice(0, 80))}.`),
    {
      statusCode: 415,
    },
  );
}
