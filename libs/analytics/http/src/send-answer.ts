import { Readable } from "node:stream";
import type { AnsweredSnapshot, QueryAnswer, ResultFormat } from "@runweir/analytics-domain";
import { attachment } from "@runweir/file-response";
import type { FastifyReply } from "fastify";
import { mediaTypes } from "./choose-format.ts";

/** What an answer was read from, in the words of the wire. */
export function snapshotAnswer({ number, createdAt, ageSeconds, tailUntil }: AnsweredSnapshot) {
  return {
    number,
    created_at: createdAt.toISOString(),
    age_seconds: ageSeconds,
    tail_until: tailUntil?.toISOString() ?? null,
  };
}

/**
 * Sends an answer as it comes. Its status is sent when the statement has ended, or when much of its result is there; should
 * it fail after that, the connection is broken off, so that nothing half looks whole.
 */
export function sendAnswer(reply: FastifyReply, answer: QueryAnswer, format: ResultFormat): FastifyReply {
  const { id, snapshot, cached } = answer;
  reply.headers({
    "content-type": format === "csv" ? "text/csv; charset=utf-8; header=present" : mediaTypes[format],
    "cache-control": "no-store",
    vary: "accept",
    "x-runweir-query": id,
    "x-runweir-cached": String(cached),
    "x-runweir-snapshot": String(snapshot.number),
    "x-runweir-snapshot-created": snapshot.createdAt.toISOString(),
    "x-runweir-snapshot-age": snapshot.ageSeconds.toFixed(3),
    ...(snapshot.tailUntil && { "x-runweir-tail-until": snapshot.tailUntil.toISOString() }),
    ...(format !== "json" && { "content-disposition": attachment(`${id}.${format}`) }),
  });
  const body = format === "json" ? withFacts(answer) : answer.body;
  return reply.send(Readable.from(body, { objectMode: false }));
}

/** The engine knows columns and rows; what they were read from goes in front of them, into the same object. */
async function* withFacts({ body, id, snapshot, cached }: QueryAnswer): AsyncGenerator<Uint8Array> {
  const facts = JSON.stringify({ id, snapshot: snapshotAnswer(snapshot), cached });
  let isFirst = true;
  for await (const chunk of body) {
    if (isFirst) yield Buffer.from(`${facts.slice(0, -1)},`);
    yield isFirst ? chunk.subarray(1) : chunk;
    isFirst = false;
  }
}
