import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { hostnameOf, type SendResult, type WebhookRequest } from "@runweir/webhooks-domain";
import { checkedLookup, ForbiddenHost, type HostRules, requirePublic } from "./checked-lookup.ts";

/** For everything: names, connections, redirects and the answer. */
const usualTimeoutMs = 10_000;
const redirectsMax = 3;
const bodyMax = 1_048_576;
/** Of an answer, which may go on for ever. */
const responseMax = 4_096;

export type SendWebhook = (request: WebhookRequest) => Promise<SendResult>;

/** Sends requests to where webhooks may go. Each hop of a redirect is checked as the first one is. */
export function createSender(options: HostRules & { readonly timeoutMs?: number }): SendWebhook {
  const { timeoutMs = usualTimeoutMs } = options;
  const lookup = checkedLookup(options);

  function ask(url: URL, request: WebhookRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const hostname = hostnameOf(url);
    // Addresses are not looked up, so nobody else would check them.
    if (isIP(hostname)) requirePublic(hostname, hostname, options);
    const isPlain = url.protocol === "http:";
    if (!isPlain && url.protocol !== "https:") throw new ForbiddenHost(`${url.protocol} is not HTTP.`);
    if (isPlain && !options.isPrivateHost(hostname))
      throw new ForbiddenHost(
        `Plain HTTP is only for hosts in RUNWEIR_WEBHOOK_PRIVATE_HOSTS, not ${hostname}.`,
      );
    return new Promise((resolve, reject) => {
      const asked = {
        method: "POST",
        headers: { ...request.headers, "Content-Length": Buffer.byteLength(request.body) },
        lookup,
        signal,
        agent: false,
      } as const;
      const outgoing = isPlain
        ? requestHttp(url, asked)
        : requestHttps(url, { ...asked, rejectUnauthorized: request.verifiesTls });
      outgoing.on("response", resolve).on("error", reject);
      outgoing.end(request.body);
    });
  }

  return async (request) => {
    if (Buffer.byteLength(request.body) > bodyMax)
      return { outcome: "forbidden", message: `The event has more than ${bodyMax} bytes.` };
    const signal = AbortSignal.timeout(timeoutMs);
    let url = new URL(request.url);
    let sent = request;
    try {
      for (let redirects = 0; ; redirects++) {
        const answer = await ask(url, sent, signal);
        const next = redirectOf(answer, url);
        if (next === undefined) return await readAnswer(answer);
        answer.destroy();
        if (redirects === redirectsMax)
          return { outcome: "forbidden", message: `It redirects more than ${redirectsMax} times.` };
        // Credentials are for the host they were given for.
        if (next.origin !== url.origin) sent = withoutAuthorization(sent);
        url = next;
      }
    } catch (error) {
      return describeFailure(error, signal, timeoutMs);
    }
  };
}

/** Those that keep the method; others would make of the event a question. */
function redirectOf({ statusCode, headers }: IncomingMessage, base: URL): URL | undefined {
  if ((statusCode !== 307 && statusCode !== 308) || headers.location === undefined) return undefined;
  return URL.parse(headers.location, base.href) ?? undefined;
}

function withoutAuthorization(request: WebhookRequest): WebhookRequest {
  const { Authorization: _, ...headers } = request.headers;
  return { ...request, headers };
}

async function readAnswer(answer: IncomingMessage): Promise<SendResult> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= responseMax) break;
  }
  answer.destroy();
  const text = Buffer.concat(parts).subarray(0, responseMax).toString("utf8");
  return {
    outcome: "answered",
    status: answer.statusCode ?? 0,
    // As texts are kept.
    response: text.replaceAll("\0", "\u{fffd}"),
    retryAfterMs: retryAfterOf(answer.headers["retry-after"]),
  };
}

function retryAfterOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
}

function describeFailure(error: unknown, signal: AbortSignal, timeoutMs: number): SendResult {
  if (error instanceof ForbiddenHost) return { outcome: "forbidden", message: error.message };
  if (signal.aborted)
    return { outcome: "unreachable", message: `There was no answer within ${timeoutMs / 1_000} s.` };
  const [cause] = error instanceof AggregateError ? error.errors : [error];
  return { outcome: "unreachable", message: cause instanceof Error ? cause.message : String(cause) };
}
