import { setTimeout } from "node:timers/promises";
import { type AnsweredRequest, exitCodeOf, exitCodes, type Reached, readRequest } from "./review-request.ts";

const askEveryMs = 2_000;

/** Asks again and again until a request has come so far, was refused, or the time is over. */
export async function waitForRequest(
  ask: (path: string, init?: RequestInit) => Promise<unknown>,
  id: number,
  options: {
    readonly until: Reached;
    /** Applies it as soon as that can be. */
    readonly apply: boolean;
    readonly seconds: number;
    show(text: string): void;
  },
): Promise<{ readonly request: AnsweredRequest; readonly code: 0 | 2 | 3 }> {
  const end = performance.now() + options.seconds * 1_000;
  let shown = "";
  for (;;) {
    let request = readRequest(await ask(`/api/reviews/${id}`));
    if (options.apply && request.can_be_applied)
      request = readRequest(
        await ask(`/api/reviews/${id}/apply`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ head_digest: request.head_digest }),
        }),
      );
    const code = exitCodeOf(request, options.until);
    const left = end - performance.now();
    if (code !== exitCodes.waiting || left <= 0) return { request, code };
    const missing = request.requirements.filter(({ met }) => !met).map(({ text }) => text);
    const text = `Waiting for: ${missing.length === 0 ? "somebody to apply it" : missing.join("; ")}`;
    if (text !== shown) options.show(text);
    shown = text;
    await setTimeout(Math.min(askEveryMs, left));
  }
}
