import { DomainError } from "@runweir/errors";
import type { Caller, Permission } from "@runweir/identity-domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import "@runweir/http";
import { parseJsonText } from "./wire/json-text.ts";
import type { Message } from "./wire/message.ts";
import { explainRefusal, RefusedValue } from "./wire/refused-value.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What an endpoint answers: nothing (an empty message), a message to print, or one that is printed already. */
type Answer = Promise<object | string> | Promise<void>;

export interface Endpoint {
  readonly methods: readonly Method[];
  /** Below `/mlflow`: `runs/create`. */
  readonly path: string;
  readonly permission: Permission;
  /** Of an answer that is no refusal; 200 unless told. */
  readonly status?: 201 | 204 | undefined;
  serve(request: FastifyRequest): Answer;
}

/** What an endpoint knows of a request besides its message. */
export interface Asked {
  readonly caller: Caller;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly method: string;
  /** What is said in the address beside a body. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The server as the client calls it: `http://host:port`. */
  readonly origin: string;
}

/** A JSON body with its text, from which error messages quote. */
interface JsonBody {
  readonly text: string;
  readonly value: unknown;
}

export function defineEndpoint<T>(definition: {
  readonly methods: readonly Method[];
  readonly path: string;
  readonly permission: Permission;
  readonly status?: 201 | 204;
  readonly request: Message<T>;
  answer(input: T, asked: Asked): Answer;
}): Endpoint {
  const { methods, path, permission, status, request: message, answer } = definition;
  return {
    methods,
    path,
    permission,
    status,
    serve(request) {
      return answer(readInput(request, message), {
        caller: request.caller,
        params: request.params as Readonly<Record<string, string>>,
        method: request.method,
        query: request.query as Readonly<Record<string, unknown>>,
        origin: `${request.protocol}://${request.host}`,
      });
    },
  };
}

const readOnly: ReadonlySet<string> = new Set(["GET", "HEAD"]);

function readInput<T>(request: FastifyRequest, message: Message<T>): T {
  const body = request.body as JsonBody | undefined;
  try {
    // Databricks' client deletes by query, MLflow's by body.
    const isAsked = request.method === "DELETE" ? body === undefined : readOnly.has(request.method);
    if (isAsked) return message.fromQuery(request.query as Readonly<Record<string, unknown>>);
    return message.read(body?.value ?? {}, "");
  } catch (error) {
    throw error instanceof RefusedValue ? explainRefusal(error, body?.text) : error;
  }
}

/** Registers endpoints below a prefix such as `/api/2.0/mlflow`; the scope must read bodies by `readJsonBodies`. */
export function mountEndpoints(scope: FastifyInstance, prefix: string, endpoints: readonly Endpoint[]): void {
  for (const { methods, path, permission, status = 200, serve } of endpoints) {
    scope.route({
      method: [...methods],
      url: `${prefix}/${path}`,
      config: { permission },
      async handler(request, reply) {
        const answer = await serve(request);
        reply.code(status);
        if (status === 204) return reply.send();
        const text = typeof answer === "string" ? answer : JSON.stringify(answer ?? {});
        return reply.type("application/json; charset=utf-8").send(text);
      },
    });
  }
}

/**
 * Bodies of this scope are JSON and nothing else. MLflow takes a malformed body for an empty one; here it is an error, so
 * that no client believes it has set what it has not.
 */
export function readJsonBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    try {
      done(null, readJsonBody(text.toString()));
    } catch (error) {
      done(error as Error);
    }
  });
  scope.addContentTypeParser("*", (request, _payload, done) => {
    const message = request.headers["content-type"]
      ? "Bad Request. Content-Type must be one of ['application/json']."
      : "Bad Request. Content-Type header is missing.";
    done(new DomainError("invalid_argument", message));
  });
}

function readJsonBody(text: string): JsonBody {
  if (text === "") return { text: "{}", value: {} };
  try {
    const value = parseJsonText(text);
    // Old clients encode their JSON twice.
    return { text, value: typeof value === "string" ? parseJsonText(value) : value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unreadable";
    throw new DomainError("invalid_argument", `The request body is not valid JSON: ${reason}`);
  }
}
