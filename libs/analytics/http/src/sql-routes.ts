import "@runweir/http";
import type { QueryService } from "@runweir/analytics-domain";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { answerSqlErrors, describeFailure } from "./answer-sql-errors.ts";
import { chooseFormat } from "./choose-format.ts";
import { readPlanQuery, readQuery } from "./read-query.ts";
import { type SqlSchema, schemaAnswer } from "./schema-answer.ts";
import { sendAnswer, snapshotAnswer } from "./send-answer.ts";

export interface SqlRoutesOptions {
  readonly queries: QueryService;
  readonly schema: SqlSchema;
}

interface QueryRoute {
  readonly Params: { readonly id: string };
}

/** SQL over HTTP; docs/sql-v1.md is its description for those who write clients. */
export function sqlRoutes({ queries, schema }: SqlRoutesOptions): FastifyPluginAsync {
  const config = { permission: "experiment.read" } as const;
  return async (door) => {
    answerSqlErrors(door);

    door.post("/api/sql", { config }, async ({ body, caller, headers }, reply) => {
      const format = chooseFormat(headers.accept);
      const query = { ...readQuery(body), format };
      const signal = abortedWith(reply);
      return sendAnswer(reply, await queries.runQuery(caller, query, signal), format);
    });

    door.post("/api/sql/plan", { config }, async ({ body, caller }, reply) => {
      const signal = abortedWith(reply);
      const { snapshot, plan } = await queries.planQuery(caller, readPlanQuery(body), signal);
      return { snapshot: snapshotAnswer(snapshot), plan };
    });

    door.get("/api/sql/schema", { config }, async () => schemaAnswer(schema));

    door.get<QueryRoute>("/api/sql/queries/:id", { config }, async ({ caller, params: { id } }) => {
      const found = queries.progressOf(caller, id);
      return found.state === "failed"
        ? { id, state: found.state, ...describeFailure(found.error) }
        : { id, ...found };
    });

    door.delete<QueryRoute>("/api/sql/queries/:id", { config }, async ({ caller, params }) => {
      queries.cancelQuery(caller, params.id);
      return { id: params.id, state: "cancelled" };
    });
  };
}

/** Aborted when the client goes away before it has all of the answer. */
function abortedWith(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  if (reply.raw.closed) abort.abort();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) abort.abort();
  });
  return abort.signal;
}
