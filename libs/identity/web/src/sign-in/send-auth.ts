export interface AuthProblem {
  readonly message: string;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;
}

export type AuthAnswer<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly problem: AuthProblem };

/** Asks the door of sign-in, which is not tRPC: it sets cookies. Nothing is ever repeated by itself. */
export async function sendAuth<Value = unknown>(path: string, body?: unknown): Promise<AuthAnswer<Value>> {
  try {
    const answer = await fetch(`/api/auth${path}`, {
      method: body === undefined ? "GET" : "POST",
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return { value: content as Value };
    return { problem: toProblem(answer.status, content) };
  } catch {
    return { problem: plain("The server does not answer. Try again in a moment.") };
  }
}

function toProblem(status: number, content: unknown): AuthProblem {
  const { message, field, retryAfterSeconds } = (content ?? {}) as Partial<AuthProblem>;
  if (typeof message !== "string" || message === "")
    return plain(`The server answered with status ${status}.`);
  return { message, field, retryAfterSeconds };
}

function plain(message: string): AuthProblem {
  return { message, field: undefined, retryAfterSeconds: undefined };
}
