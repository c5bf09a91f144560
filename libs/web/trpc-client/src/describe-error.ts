import { TRPCClientError } from "@trpc/client";

/** What a page can say about an error and do with it. */
export interface ApiProblem {
  /** The server's own code ("not_found", ...); "unreachable" when no answer came, "internal" when it was no known one. */
  readonly code: string;
  readonly title: string;
  readonly message: string;
  /** The input at fault, as the request named it. */
  readonly field: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
}

const unknownTitle = "Something went wrong";

const titles: Readonly<Record<string, string>> = {
  invalid_argument: "That is not valid",
  unauthenticated: "Please sign in",
  permission_denied: "You may not do that",
  not_found: "There is nothing here",
  already_exists: "That exists already",
  failed_precondition: "That is not possible now",
  conflict: "Somebody else changed this",
  payload_too_large: "That is too large",
  resource_exhausted: "Too many requests",
  storage_full: "The storage is full",
  unavailable: "The server is busy or restarting",
  unreachable: "The server does not answer",
  not_implemented: "Not supported",
  internal: "The server failed",
};

/** Turns whatever a query, mutation or subscription failed with into words and a request id. */
export function describeError(error: unknown): ApiProblem {
  if (!(error instanceof TRPCClientError)) {
    const message = error instanceof Error ? error.message : "Something went wrong in this page.";
    return { ...problem("internal", message), title: unknownTitle };
  }
  const response = responseOf(error);
  const retryAfterSeconds = readRetryAfter(response?.headers.get("retry-after"));
  const details = detailsOf(error);
  if (details) {
    return { ...problem(details.code, error.message), ...details, retryAfterSeconds };
  }
  const requestId = response?.headers.get("x-request-id") ?? undefined;
  if (response === undefined) {
    return problem(
      "unreachable",
      "No answer came. What you see may be out of date; it will be loaded again as soon as the server is back.",
    );
  }
  // Something between here and the API answered, or the API had no time to say it properly.
  const busy = [502, 503, 504].includes(response.status);
  return {
    ...problem(
      busy ? "unavailable" : "internal",
      busy ? "It should be back in a moment." : `The server answered with status ${response.status}.`,
    ),
    requestId,
    retryAfterSeconds,
  };
}

/** Seconds to wait, from a Retry-After header in seconds; dates are not used by this API. */
export function readRetryAfter(header: string | null | undefined): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function problem(code: string, message: string): ApiProblem {
  const title = titles[code] ?? unknownTitle;
  return { code, title, message, field: undefined, requestId: undefined, retryAfterSeconds: undefined };
}

function responseOf(error: TRPCClientError<never>): Response | undefined {
  const response = error.meta?.response;
  return response instanceof Response ? response : undefined;
}

function detailsOf(
  error: TRPCClientError<never>,
): Pick<ApiProblem, "code" | "field" | "requestId"> | undefined {
  const domain = propertyOf(error.data, "domain");
  const code = textOf(propertyOf(domain, "code"));
  if (code === undefined) return undefined;
  return {
    code,
    field: textOf(propertyOf(domain, "field")),
    requestId: textOf(propertyOf(domain, "requestId")),
  };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
